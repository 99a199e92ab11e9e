import { Text } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { device as words } from '#words/device.ts'
import { api } from '../../../api/client.ts'
import { DataTable, type Column } from '../../../parts/DataTable.tsx'
import { Empty } from '../../../parts/Empty.tsx'
import { Time } from '../../../parts/Time.tsx'
import type { Device } from '../columns.tsx'

const deviceRoute = getRouteApi('/devices/$id')

type Output = Schemas['Output']

const columns: readonly Column<Output>[] = [
  { id: 'kind', header: words.queue.kind, cell: (output) => output.kind },
  { id: 'queued', header: words.queue.queued, cell: (output) => <Time at={output.queuedAt} /> },
  {
    id: 'sent',
    header: words.queue.sent,
    cell: (output) => (output.sentAt === null ? words.queue.waits : <Time at={output.sentAt} />),
  },
  { id: 'done', header: words.queue.done, cell: (output) => (output.doneAt ? <Time at={output.doneAt} /> : '–') },
  {
    id: 'result',
    header: words.queue.result,
    wide: true,
    cell: (output) => <Text size="sm">{output.result ?? '–'}</Text>,
  },
]

/** What is queued for the device, and what became of what was. */
export function Queue({ device: { id } }: { device: Device }) {
  const { cursor } = deviceRoute.useSearch()
  const navigate = deviceRoute.useNavigate()
  const page = useQuery({
    queryKey: ['device', id, 'queue', cursor],
    queryFn: async () => {
      const params = { path: { id }, query: { limit: 50, ...(cursor && { cursor }) } }
      return answer(await api.GET('/api/v1/devices/{id}/outputs', { params }))
    },
    placeholderData: keepPreviousData,
  })
  return (
    <DataTable
      label={words.queue.label}
      columns={columns}
      page={page.data}
      error={page.error}
      rowId={(output) => String(output.id)}
      cursor={cursor}
      onPage={(next) => void navigate({ search: (now) => ({ ...now, cursor: next ?? undefined }) })}
      empty={<Empty title={words.queue.none} />}
    />
  )
}
