import { Anchor, Button, Group, Skeleton, Stack, Table, Text, Title } from '@mantine/core'
import { answer, ApiError, type Schemas } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { campaign as campaignWords } from '#words/campaigns.ts'
import { api } from '../../api/client.ts'
import { bytes } from '../../parts/bytes.ts'
import { Facts } from '../../parts/Facts.tsx'
import { Fault } from '../../parts/Fault.tsx'
import { useNames } from '../../parts/names.ts'
import { Time } from '../../parts/Time.tsx'
import { useAction } from '../../parts/useAction.tsx'
import { Lines } from '../../parts/Lines.tsx'

const words = campaignWords.preview

/** What the campaign would do, and to whom not: the dry run. */
export function Preview({ campaign: { id, state } }: { campaign: Schemas['CampaignWithWaves'] }) {
  const { data, error } = useQuery({
    queryKey: ['campaign', id, 'preview'],
    queryFn: async () => answer(await api.GET('/api/v1/campaigns/{id}/preview', { params: { path: { id } } })),
    retry: false,
    enabled: state !== 'planning',
  })
  const again = useAction({
    run: async () =>
      answer(await api.POST('/api/v1/campaigns/{id}/preview', { params: { path: { id } }, body: {} as never })),
    done: () => words.waits,
    changes: [['campaign', id]],
  })
  const notYet = state === 'planning' || (error instanceof ApiError && error.status === 404)
  return (
    <section aria-live="polite">
      <Group justify="space-between" mb="xs">
        <Title order={2}>{words.title}</Title>
        {state === 'planned' && (
          <Button size="compact-sm" variant="default" loading={again.isPending} onClick={() => again.mutate()}>
            {words.again}
          </Button>
        )}
      </Group>
      <Fault error={again.error} />
      {notYet && <Text c="dimmed">{words.waits}</Text>}
      {!notYet && error !== null && <Fault error={error} />}
      {!notYet && error === null && data === undefined && <Skeleton height={120} />}
      {!notYet && data !== undefined && <Planned preview={data} />}
    </section>
  )
}

function Planned({ preview }: { preview: Schemas['CampaignPreview'] }) {
  const { bytes: sent, forecast, skipped } = preview
  const nameOf = useNames(skipped.flatMap(({ first }) => first.slice(0, 3).map(({ device }) => device)))
  return (
    <Stack gap="md">
      <Facts
        facts={[
          [words.planned, preview.planned.toLocaleString('en')],
          [words.bytes, words.bytesOf(bytes(sent.whole), bytes(sent.changedFilesOnly), bytes(sent.withPatches))],
          [words.likely, <Time key="likely" at={forecast.likely} />],
          [words.late, <Time key="late" at={forecast.late} />],
          [words.basis, forecast.basis],
          [words.order, preview.order.map((together) => together.join(' + ')).join(' → ')],
          [words.lookedAt, <Time key="looked" at={preview.plannedAt} />],
        ]}
      />
      {skipped.length === 0 ? (
        <Text size="sm" c="dimmed">
          {words.noneSkipped}
        </Text>
      ) : (
        <Lines label={words.skipped}>
          <Table aria-label={words.skipped}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{words.skipped}</Table.Th>
                <Table.Th ta="right">{words.devices}</Table.Th>
                <Table.Th>{words.first}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {skipped.map(({ kind, devices, first }) => (
                <Table.Tr key={kind}>
                  <Table.Td>{words.kinds[kind] ?? kind}</Table.Td>
                  <Table.Td ta="right">{devices.toLocaleString('en')}</Table.Td>
                  <Table.Td>
                    {first.slice(0, 3).map(({ device, reason }) => (
                      <Text key={device} size="sm">
                        <Anchor component={Link} to={`/devices/${device}`} size="sm">
                          {nameOf(device)}
                        </Anchor>
                        : {reason}
                      </Text>
                    ))}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Lines>
      )}
    </Stack>
  )
}
