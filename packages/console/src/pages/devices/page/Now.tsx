import { Anchor, Grid, Group, Skeleton, Stack, Table, Text, Title } from '@mantine/core'
import { answer } from '@sutler/client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { device as words } from '#words/device.ts'
import { api } from '../../../api/client.ts'
import { useLiveRefresh } from '../../../api/live.ts'
import { Explanation } from '../../../parts/Explanation.tsx'
import { Fault } from '../../../parts/Fault.tsx'
import { StateBadge } from '../../../parts/StateBadge.tsx'
import type { Device } from '../columns.tsx'
import { deliveriesOfDevice } from '../queries.ts'
import { DeviceFacts } from './DeviceFacts.tsx'
import { DeliveryProgress } from '../../../parts/DeliveryProgress.tsx'
import { standings, type Standing } from './wanted.ts'
import { Lines } from '../../../parts/Lines.tsx'

const deviceRoute = getRouteApi('/devices/$id')

const colours = {
  agrees: 'confirmed',
  underWay: 'running',
  failed: 'failed',
  differs: 'degraded',
  files: 'degraded',
  proved: 'confirmed',
  unknown: 'none',
}

/** How the device stands: who it is, what it should run and runs, and why. */
export function Now({ device }: { device: Device }) {
  const { id } = device
  const deliveries = useQuery(deliveriesOfDevice(id))
  const items = deliveries.data?.items ?? []
  // Deliveries' events are about the delivery; which device it is for is in the household's stream.
  useLiveRefresh(
    { types: ['delivery.*'], household: device.household },
    ['device', id, 'deliveries'],
    ['device', id, 'why'],
  )
  const open = items.filter(({ settledAt }) => settledAt === null)
  return (
    <Grid gap="xl">
      <Grid.Col span={{ base: 12, md: 5 }}>
        <DeviceFacts device={device} />
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 7 }}>
        <Stack gap="xl">
          <section>
            <Title order={2} mb="xs">
              {words.should.title}
            </Title>
            {deliveries.data === undefined ? (
              <Skeleton height={90} />
            ) : (
              <Should rows={standings(items, device.capabilities ?? { installed: [] })} />
            )}
          </section>
          {open.length > 0 && (
            <section>
              <Title order={2} mb="xs">
                {words.underWay.title}
              </Title>
              <Stack gap="sm">
                {open.map((delivery) => (
                  <DeliveryProgress key={delivery.id} delivery={delivery} />
                ))}
              </Stack>
            </section>
          )}
          <Why device={device} />
        </Stack>
      </Grid.Col>
    </Grid>
  )
}

function Should({ rows }: { rows: readonly Standing[] }) {
  if (rows.length === 0) return <Text c="dimmed">{words.should.nothing}</Text>
  return (
    <Lines label={words.should.title}>
      <Table aria-label={words.should.title}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.should.service}</Table.Th>
            <Table.Th className="wide">{words.should.component}</Table.Th>
            <Table.Th>{words.should.wanted}</Table.Th>
            <Table.Th>{words.should.has}</Table.Th>
            <Table.Th>{words.should.state}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={`${row.service} ${row.component}`}>
              <Table.Td>
                <Text size="sm" fw={600}>
                  {row.service}
                </Text>
              </Table.Td>
              <Table.Td className="wide">{row.component}</Table.Td>
              <Table.Td>{row.state === 'unknown' ? '–' : (row.wanted ?? words.should.absent)}</Table.Td>
              <Table.Td>{row.has ?? (row.state === 'proved' ? words.should.unsaid : words.should.absent)}</Table.Td>
              <Table.Td>
                <Group gap="xs" wrap="nowrap">
                  <StateBadge state={colours[row.state]} label={words.should.states[row.state]} />
                  <Anchor
                    component={Link}
                    size="xs"
                    to="."
                    search={{ tab: 'now', service: row.service } as never}
                    aria-label={`${words.should.why} ${row.service}`}
                  >
                    {words.should.why}
                  </Anchor>
                </Group>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Lines>
  )
}

function Why({ device: { id } }: { device: Device }) {
  const { service } = deviceRoute.useSearch()
  const { data, error } = useQuery({
    queryKey: ['device', id, 'why', service],
    queryFn: async () => {
      const params = { path: { id }, query: service === undefined ? {} : { service } }
      return answer(await api.GET('/api/v1/explanations/devices/{id}', { params }))
    },
    placeholderData: keepPreviousData,
  })
  return (
    <section aria-live="polite">
      <Group justify="space-between" mb="xs">
        <Title order={2}>{service === undefined ? words.explanation.title : words.explanation.titleOf(service)}</Title>
        {service !== undefined && (
          <Anchor component={Link} size="sm" to="." search={{ tab: 'now' } as never}>
            {words.explanation.all}
          </Anchor>
        )}
      </Group>
      <Fault error={error} />
      {data === undefined ? error === null && <Skeleton height={80} /> : <Explanation of={data} />}
    </section>
  )
}
