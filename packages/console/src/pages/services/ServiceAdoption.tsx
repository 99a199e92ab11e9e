import '@mantine/core/styles/Progress.css'
import { Group, Progress, Stack, Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { services } from '#words/services.ts'
import { useLiveRefresh } from '../../api/live.ts'
import { Empty } from '../../parts/Empty.tsx'
import { Fault } from '../../parts/Fault.tsx'
import { StateBadge } from '../../parts/StateBadge.tsx'
import { Time } from '../../parts/Time.tsx'
import { adoptionOf } from './reads.ts'
import { Lines } from '../../parts/Lines.tsx'

const text = services.adoption

/** On how many devices each version is, is coming to, or has failed. */
export function ServiceAdoption({ service }: { service: string }) {
  const { data, error } = useQuery(adoptionOf(service))
  useLiveRefresh({ types: ['delivery.confirmed', 'delivery.failed'] }, ['adoption', service])
  if (error) return <Fault error={error} />
  if (data === undefined) return null
  const most = Math.max(...data.versions.map(({ installed, pending, failed }) => installed + pending + failed), 0)
  if (most === 0) return <Empty {...text.none} />
  const part = (count: number): number => (100 * count) / most
  return (
    <Stack>
      <Group gap="lg" justify="space-between">
        <Group gap="md">
          <Key colour="teal" label={text.installed} />
          <Key colour="blue" label={text.pending} />
          <Key colour="red" label={text.failed} />
        </Group>
        <Text size="sm" c="dimmed">
          {`${text.counted} `}
          <Time at={data.countedAt} />
        </Text>
      </Group>
      <Lines label={text.title}>
        <Table aria-label={text.title}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{services.version}</Table.Th>
              <Table.Th className="wide">{services.state}</Table.Th>
              <Table.Th w="45%">{text.title}</Table.Th>
              <Table.Th ta="right">{text.installed}</Table.Th>
              <Table.Th ta="right">{text.pending}</Table.Th>
              <Table.Th ta="right">{text.failed}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.versions.map(({ version, state, installed, pending, failed }) => (
              <Table.Tr key={version}>
                <Table.Td>
                  <Link className="line-link" to="/services/$service/$version" params={{ service, version }}>
                    {version}
                  </Link>
                </Table.Td>
                <Table.Td className="wide">
                  <StateBadge state={state} />
                </Table.Td>
                <Table.Td>
                  <Progress.Root size="lg" aria-hidden>
                    <Progress.Section value={part(installed)} color="teal" />
                    <Progress.Section value={part(pending)} color="blue" />
                    <Progress.Section value={part(failed)} color="red" />
                  </Progress.Root>
                </Table.Td>
                <Table.Td ta="right">{installed.toLocaleString()}</Table.Td>
                <Table.Td ta="right">{pending.toLocaleString()}</Table.Td>
                <Table.Td ta="right">{failed.toLocaleString()}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Lines>
    </Stack>
  )
}

function Key({ colour, label }: { colour: string; label: string }) {
  return (
    <Group gap={6}>
      <span
        aria-hidden
        style={{ width: 12, height: 12, borderRadius: 3, background: `var(--mantine-color-${colour}-filled)` }}
      />
      <Text size="sm">{label}</Text>
    </Group>
  )
}
