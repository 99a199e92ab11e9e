import { Paper, Table, Text, Title } from '@mantine/core'
import { answer } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { services } from '#words/services.ts'
import { api } from '../../api/client.ts'
import { useLiveRefresh } from '../../api/live.ts'
import { Fault } from '../../parts/Fault.tsx'
import { DayBars } from './DayBars.tsx'
import { Lines } from '../../parts/Lines.tsx'

const text = services.adoption

/** Devices that have proved this version, by component, and how it went day by day. */
export function VersionAdoption({ service, version }: { service: string; version: string }) {
  const { data, error } = useQuery({
    queryKey: ['adoption', service, version],
    queryFn: async () => {
      const params = { path: { service, version }, query: { days: 30 } }
      return answer(await api.GET('/api/v1/services/{service}/versions/{version}/adoption', { params }))
    },
  })
  useLiveRefresh({ types: ['delivery.confirmed', 'delivery.failed'] }, ['adoption', service])
  return (
    <Paper component="section" aria-label={text.title}>
      <Title order={2} mb="sm">
        {text.title}
      </Title>
      <Fault error={error} />
      {data !== undefined && (
        <>
          <Lines label={text.title}>
            <Table aria-label={text.title}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{text.component}</Table.Th>
                  <Table.Th>{text.deviceClass}</Table.Th>
                  <Table.Th ta="right">{text.installed}</Table.Th>
                  <Table.Th ta="right">{text.pending}</Table.Th>
                  <Table.Th ta="right">{text.failed}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {data.components.map(({ component, deviceClass, installed, pending, failed }) => (
                  <Table.Tr key={component}>
                    <Table.Td>{component}</Table.Td>
                    <Table.Td>{deviceClass}</Table.Td>
                    <Table.Td ta="right">{installed.toLocaleString()}</Table.Td>
                    <Table.Td ta="right">{pending.toLocaleString()}</Table.Td>
                    <Table.Td ta="right">{failed.toLocaleString()}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Lines>
          <Text size="sm" fw={600} mt="md">
            {text.days}
          </Text>
          <DayBars days={data.days} />
        </>
      )}
    </Paper>
  )
}
