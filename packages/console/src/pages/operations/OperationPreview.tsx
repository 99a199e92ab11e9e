import { Button, Group, Stack, Table, Text, Title } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { useNavigate } from '@tanstack/react-router'
import { operations } from '#words/operations.ts'
import { api } from '../../api/client.ts'
import { Confirm } from '../../parts/Confirm.tsx'
import { Fault } from '../../parts/Fault.tsx'
import { RowLink } from '../../parts/RowLink.tsx'
import { useAction } from '../../parts/useAction.tsx'
import { useDialog } from '../../parts/useDialog.tsx'
import { Lines } from '../../parts/Lines.tsx'

const words = operations.form
type Preview = Schemas['DeviceOperationPreview']

/** What an operation would do, and the button that does it. */
export function OperationPreview({ preview, isForGood }: { preview: Preview; isForGood: boolean }) {
  const navigate = useNavigate()
  const dialog = useDialog<'sure'>()
  const run = useAction({
    run: async () => answer(await api.POST('/api/v1/device-operations', { body: { token: preview.token } as never })),
    done: () => words.started,
    changes: [['operations']],
    onDone: ({ id }) => void navigate({ to: '/operations/$id', params: { id } }),
  })
  const count = words.devicesCount(preview.devices)
  return (
    <Stack component="section" aria-live="polite">
      <Title order={2}>{words.selected(preview.devices)}</Title>
      {!preview.complete && <Text size="sm">{words.partly(preview.lookedAt)}</Text>}
      {preview.refusals.length > 0 && (
        <div>
          <Text size="sm" fw={600}>
            {words.refusals}
          </Text>
          {preview.refusals.map(({ code, detail, devices }) => (
            <Text key={code} size="sm">
              {words.devicesCount(devices)}: {detail}
            </Text>
          ))}
        </div>
      )}
      {preview.first.length > 0 && (
        <Lines label={words.first}>
          <Table aria-label={words.first}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{words.device}</Table.Th>
                <Table.Th>{words.would}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {preview.first.slice(0, 10).map(({ id, name, would, why }) => (
                <Table.Tr key={id}>
                  <Table.Td>
                    <RowLink to="device" id={id}>
                      {name}
                    </RowLink>
                  </Table.Td>
                  <Table.Td>{would ? words.yes : why}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Lines>
      )}
      <Fault error={run.error} />
      <Group>
        <Button
          color={isForGood ? 'red.8' : undefined}
          disabled={preview.devices === 0}
          loading={run.isPending}
          onClick={() => (isForGood ? dialog.open('sure') : run.mutate())}
        >
          {words.run(count)}
        </Button>
        <Text size="sm" c="dimmed">
          {words.expires}
        </Text>
      </Group>
      {dialog.when('sure', () => (
        <Confirm
          title={words.run(count)}
          verb={words.run(count)}
          isDangerous
          word={words.confirm}
          isPending={run.isPending}
          error={run.error}
          onConfirm={() => run.mutate()}
          onClose={dialog.close}
        >
          <Text size="sm">{words.forGood}</Text>
        </Confirm>
      ))}
    </Stack>
  )
}
