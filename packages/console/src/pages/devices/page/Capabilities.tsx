import { Button, Code, Group, Skeleton, Stack, Table, Text, Title } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { device as words } from '#words/device.ts'
import { api } from '../../../api/client.ts'
import { common } from '#words/common.ts'
import { differences, type Difference } from '../../../parts/differences.ts'
import { Fault } from '../../../parts/Fault.tsx'
import { ExactTime, Time } from '../../../parts/Time.tsx'
import type { Device } from '../columns.tsx'
import { DeviceFacts } from './DeviceFacts.tsx'
import { Lines } from '../../../parts/Lines.tsx'

const deviceRoute = getRouteApi('/devices/$id')

type Historic = Schemas['HistoricCapabilityReport']

/** What the device says of itself, and how that has changed. */
export function Capabilities({ device }: { device: Device }) {
  const { id } = device
  const { cursor } = deviceRoute.useSearch()
  const navigate = deviceRoute.useNavigate()
  const past = useQuery({
    queryKey: ['device', id, 'capabilities', cursor],
    queryFn: async () => {
      const params = { path: { id }, query: { limit: 20, ...(cursor && { cursor }) } }
      return answer(await api.GET('/api/v1/devices/{id}/capabilities/history', { params }))
    },
    placeholderData: keepPreviousData,
  })
  if (device.capabilities === null) return <Text c="dimmed">{words.capabilities.none}</Text>
  const reports = past.data?.items ?? []
  return (
    <Stack gap="xl">
      <DeviceFacts device={device} />
      <section>
        <Title order={2} mb="xs">
          {words.capabilities.past}
        </Title>
        <Fault error={past.error} />
        {past.data === undefined && past.error === null && <Skeleton height={120} />}
        <Stack gap="lg">
          {reports.map((report, index) => (
            <Change
              key={report.reportedAt}
              report={report}
              before={reports[index + 1]}
              isLast={past.data?.next === null}
            />
          ))}
        </Stack>
        {past.data?.next && (
          <Button
            mt="md"
            size="xs"
            variant="default"
            onClick={() => void navigate({ search: (now) => ({ ...now, cursor: past.data.next ?? undefined }) })}
          >
            {common.next}
          </Button>
        )}
      </section>
    </Stack>
  )
}

function Change({ report, before, isLast }: { report: Historic; before: Historic | undefined; isLast: boolean }) {
  // The last of a page that is not the last has its predecessor on the next one.
  if (before === undefined && !isLast) return null
  const changes = before === undefined ? null : differences(before.report, report.report)
  return (
    <div>
      <Group gap="xs">
        <Text fw={600} size="sm">
          <ExactTime at={report.reportedAt} />
        </Text>
        <Text size="sm" c="dimmed">
          <Time at={report.reportedAt} />
        </Text>
      </Group>
      {changes === null ? <Text size="sm">{words.capabilities.first}</Text> : <Differences of={changes} />}
    </div>
  )
}

function Differences({ of }: { of: readonly Difference[] }) {
  return (
    <Lines label={words.capabilities.past}>
      <Table verticalSpacing={4} aria-label={words.capabilities.past}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w="30%">{words.capabilities.field}</Table.Th>
            <Table.Th>{words.capabilities.before}</Table.Th>
            <Table.Th>{words.capabilities.after}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {of.map(({ path, before, after }) => (
            <Table.Tr key={`${path} ${JSON.stringify(before)} ${JSON.stringify(after)}`}>
              <Table.Td>{path}</Table.Td>
              <Table.Td>
                <Value of={before} />
              </Table.Td>
              <Table.Td>
                <Value of={after} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Lines>
  )
}

function Value({ of }: { of: unknown }) {
  if (of === undefined) return common.none
  if (typeof of !== 'object' || of === null) return String(of)
  const { service, version, component, name } = of as Record<string, string>
  if (service !== undefined) return `${service} ${version} (${component})`
  if (name !== undefined && version !== undefined) return `${name} ${version}`
  return <Code>{JSON.stringify(of)}</Code>
}
