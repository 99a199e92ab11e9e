import { Paper, Title } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { services } from '#words/services.ts'
import { api } from '../../api/client.ts'
import { DataTable, type Column } from '../../parts/DataTable.tsx'
import { Time } from '../../parts/Time.tsx'

const text = services.adoption

const columns: readonly Column<Schemas['VersionFailure']>[] = [
  { id: 'pattern', header: text.reason, cell: ({ pattern }) => pattern },
  { id: 'count', header: text.count, numeric: true, cell: ({ count }) => count.toLocaleString() },
  { id: 'example', header: text.example, wide: true, cell: ({ example }) => example },
  {
    id: 'devices',
    header: text.such,
    wide: true,
    cell: ({ devices }) => devices.map(({ device }) => device).join(', '),
  },
  { id: 'newest', header: text.newest, wide: true, cell: ({ newest }) => <Time at={newest} /> },
]

/** Why it failed where it failed, the most frequent reason first. */
export function VersionFailures({ service, version }: { service: string; version: string }) {
  const { data, error } = useQuery({
    queryKey: ['adoption', service, version, 'failures'],
    queryFn: async () => {
      const params = { path: { service, version } }
      return answer(await api.GET('/api/v1/services/{service}/versions/{version}/failures', { params }))
    },
  })
  return (
    <Paper component="section" aria-label={text.failures}>
      <Title order={2} mb="sm">
        {text.failures}
      </Title>
      <DataTable
        label={text.failures}
        columns={columns}
        page={data}
        error={error}
        rowId={({ code, pattern }) => `${code} ${pattern}`}
        empty={text.noFailures}
      />
    </Paper>
  )
}
