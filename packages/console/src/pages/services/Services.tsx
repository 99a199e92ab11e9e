import { answer, type Schemas } from '@sutler/client'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { services } from '#words/services.ts'
import { api } from '../../api/client.ts'
import { useLiveRefresh } from '../../api/live.ts'
import { DataTable, type Column } from '../../parts/DataTable.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { StateBadge } from '../../parts/StateBadge.tsx'
import { Time } from '../../parts/Time.tsx'
import { usePage } from '../../parts/usePage.ts'
import { PublishCommands } from './PublishCommands.tsx'

const route = getRouteApi('/services')

const columns: readonly Column<Schemas['Service']>[] = [
  {
    id: 'title',
    header: services.service,
    cell: ({ id, title }) => (
      <Link className="line-link" to="/services/$service" params={{ service: id }}>
        {title}
      </Link>
    ),
  },
  { id: 'id', header: services.id, wide: true, cell: ({ id }) => <code>{id}</code> },
  { id: 'state', header: services.state, cell: ({ state }) => <StateBadge state={state} /> },
  { id: 'categories', header: services.categories, wide: true, cell: ({ categories }) => categories.join(', ') },
  { id: 'created', header: services.created, wide: true, cell: ({ createdAt }) => <Time at={createdAt} /> },
]

/** All services of the tenant, as developers and operators see them. */
export function Services() {
  const search = route.useSearch()
  const navigate = useNavigate({ from: '/services' })
  const list = usePage(['services', search], async () =>
    answer(await api.GET('/api/v1/services', { params: { query: search } })),
  )
  useLiveRefresh({ types: ['service.*', 'version.*'] }, ['services'])
  return (
    <>
      <PageHeader title={services.title} text={services.text} />
      <DataTable
        label={services.title}
        columns={columns}
        {...list}
        rowId={({ id }) => id}
        cursor={search.cursor}
        onPage={(cursor) => void navigate({ search: (before) => ({ ...before, cursor: cursor ?? undefined }) })}
        empty={
          <Empty {...services.none}>
            <PublishCommands />
          </Empty>
        }
      />
    </>
  )
}
