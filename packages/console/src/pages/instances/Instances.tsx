import { Alert, Badge, Group } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { getRouteApi, Link } from '@tanstack/react-router'
import { instances } from '#words/instances.ts'
import { api } from '../../api/client.ts'
import { type Column, DataTable } from '../../parts/DataTable.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { Time } from '../../parts/Time.tsx'
import { usePage } from '../../parts/usePage.ts'
import { InstanceFilters } from './InstanceFilters.tsx'
import type { instancesSearch } from './routes.ts'

const route = getRouteApi('/instances')

type Row = Schemas['Instance']

const columns: readonly Column<Row>[] = [
  {
    id: 'instance',
    header: instances.columns.instance,
    cell: ({ model, id }) => (
      <Link className="line-link" to="/instances/$model/$id" params={{ model, id }}>
        {model} {id}
      </Link>
    ),
  },
  { id: 'version', header: instances.columns.version, cell: ({ version }) => version, wide: true },
  { id: 'states', header: instances.columns.states, cell: (row) => <States states={row.states} isDone={row.done} /> },
  {
    id: 'attention',
    header: instances.columns.attention,
    cell: ({ attention }) => attention && <Badge color="red">{attention}</Badge>,
    wide: true,
  },
  { id: 'changed', header: instances.columns.changed, cell: ({ changedAt }) => <Time at={changedAt} /> },
]

function States({ states, isDone }: { states: readonly string[]; isDone: boolean }) {
  return (
    <Group gap={4}>
      {states.map((state) => (
        <Badge key={state} color={isDone ? 'gray' : 'blue'}>
          {state}
        </Badge>
      ))}
    </Group>
  )
}

export function Instances() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { cursor, show = 'running' } = search
  const list = usePage(['instances', 'list', search], async () =>
    answer(await api.GET('/api/v1/instances', { params: { query: queryOf(search, show) } })),
  )
  const isSearching = list.page?.items.length === 0 && list.page.next !== null
  return (
    <>
      <PageHeader title={instances.title} text={instances.text} />
      <InstanceFilters />
      {isSearching && (
        <Alert color="blue" mb="sm">
          {instances.none.searching}
        </Alert>
      )}
      <DataTable
        label={instances.list}
        columns={columns}
        {...list}
        rowId={({ url }) => url}
        empty={isSearching ? null : <Empty title={instances.none.title} text={instances.none.text} />}
        // A page without rows is no end of the list: the hub looks at so many at a time.
        cursor={isSearching ? (cursor ?? '') : cursor}
        onPage={(next) => void navigate({ search: { ...search, cursor: next ?? undefined } })}
      />
    </>
  )
}

type Search = ReturnType<typeof instancesSearch>

function queryOf({ model, version, state, data, attention, cursor }: Search, show: 'running' | 'ended' | 'all') {
  return {
    limit: 50,
    ...(model !== undefined && { model }),
    ...(version !== undefined && { version }),
    ...(state !== undefined && { state: state.split(/[\s,]+/).filter((each) => each !== '') }),
    ...(data !== undefined && { data }),
    ...(show !== 'all' && { done: show === 'ended' ? ('true' as const) : ('false' as const) }),
    ...(attention !== undefined && { attention: 'true' as const }),
    ...(cursor !== undefined && { cursor }),
  }
}
