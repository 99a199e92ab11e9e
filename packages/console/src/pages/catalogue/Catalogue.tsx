import { Badge, Group } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { catalogue } from '#words/catalogue.ts'
import { api } from '../../api/client.ts'
import { useLiveRefresh } from '../../api/live.ts'
import { DataTable, type Column } from '../../parts/DataTable.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { StateBadge } from '../../parts/StateBadge.tsx'
import { usePage } from '../../parts/usePage.ts'

type Service = Schemas['Service']

const route = getRouteApi('/catalogue')

const columns: readonly Column<Service>[] = [
  {
    id: 'title',
    header: catalogue.service,
    cell: ({ id, title }) => (
      <Link className="line-link" to="/catalogue/$service" params={{ service: id }}>
        {title}
      </Link>
    ),
  },
  {
    id: 'categories',
    header: catalogue.categories,
    wide: true,
    cell: ({ categories }) => (
      <Group gap={4}>
        {categories.map((category) => (
          <Badge key={category} color="gray">
            {category}
          </Badge>
        ))}
      </Group>
    ),
  },
  {
    id: 'parental',
    header: catalogue.age,
    wide: true,
    cell: ({ parental }) => (parental > 0 ? catalogue.from(parental) : catalogue.anyAge),
  },
  { id: 'state', header: catalogue.state, cell: ({ state }) => <StateBadge state={state} /> },
]

/** What can be ordered. */
export function Catalogue() {
  const search = route.useSearch()
  const navigate = useNavigate({ from: '/catalogue' })
  const list = usePage(['services', search], async () =>
    answer(await api.GET('/api/v1/services', { params: { query: search } })),
  )
  useLiveRefresh({ types: ['service.*', 'version.*'] }, ['services'])
  return (
    <>
      <PageHeader title={catalogue.title} text={catalogue.text} />
      <DataTable
        label={catalogue.title}
        columns={columns}
        {...list}
        rowId={({ id }) => id}
        cursor={search.cursor}
        onPage={(cursor) => void navigate({ search: (before) => ({ ...before, cursor: cursor ?? undefined }) })}
        empty={<Empty {...catalogue.none} />}
      />
    </>
  )
}
