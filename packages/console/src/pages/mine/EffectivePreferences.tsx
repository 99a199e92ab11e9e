import { Badge, Paper, Table, Text, Title } from '@mantine/core'
import { answer } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { mine } from '#words/mine.ts'
import { api } from '../../api/client.ts'
import { useLiveRefresh } from '../../api/live.ts'
import { Fault } from '../../parts/Fault.tsx'
import { Lines } from '../../parts/Lines.tsx'
import { matterName, preferred } from '../../parts/preferred.ts'

const text = mine.preferences

/** What holds of all that was said, and who decided it. */
export function EffectivePreferences({ household }: { household: string }) {
  const queryKey = ['preferences', household, 'effective']
  const { data, error } = useQuery({
    queryKey,
    queryFn: async () =>
      answer(await api.GET('/api/v1/households/{id}/preferences/effective', { params: { path: { id: household } } })),
  })
  useLiveRefresh({ types: ['preferences.changed'] }, queryKey)
  return (
    <Paper component="section" aria-label={text.effective}>
      <Title order={2}>{text.effective}</Title>
      <Text size="sm" c="dimmed" mb="sm">
        {text.effectiveText}
      </Text>
      <Fault error={error} />
      {data !== undefined && (
        <Lines label={text.effective}>
          <Table aria-label={text.effective}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{text.matter}</Table.Th>
                <Table.Th>{text.value}</Table.Th>
                <Table.Th>{text.source}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.matters.map(({ matter, value, source, binding }) => (
                <Table.Tr key={matter}>
                  <Table.Td>{matterName(matter)}</Table.Td>
                  <Table.Td style={{ overflowWrap: 'anywhere' }}>{preferred(value)}</Table.Td>
                  <Table.Td>
                    {source} {binding && <Badge color="gray">{text.binding}</Badge>}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Lines>
      )}
    </Paper>
  )
}
