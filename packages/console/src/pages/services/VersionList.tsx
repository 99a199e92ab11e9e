import type { Schemas } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { services } from '#words/services.ts'
import { DataTable, type Column } from '../../parts/DataTable.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { StateBadge } from '../../parts/StateBadge.tsx'
import { Time } from '../../parts/Time.tsx'
import { versionsOf } from './reads.ts'

const route = getRouteApi('/services/$service')

const columns: readonly Column<Schemas['VersionSummary']>[] = [
  {
    id: 'version',
    header: services.version,
    cell: ({ service, version }) => (
      <Link className="line-link" to="/services/$service/$version" params={{ service, version }}>
        {version}
      </Link>
    ),
  },
  { id: 'state', header: services.state, cell: ({ state }) => <StateBadge state={state} /> },
  { id: 'channel', header: services.channel, cell: ({ channel }) => channel ?? '–' },
  { id: 'notes', header: services.notes, wide: true, cell: ({ notes }) => notes },
  { id: 'released', header: services.released, wide: true, cell: ({ releasedAt }) => <Time at={releasedAt} /> },
]

export function VersionList({ service }: { service: string }) {
  const { cursor } = route.useSearch()
  const navigate = useNavigate({ from: '/services/$service' })
  const { data, error, refetch } = useQuery(versionsOf(service, cursor))
  return (
    <DataTable
      label={services.tabs.versions}
      columns={columns}
      page={data}
      error={error}
      retry={() => void refetch()}
      rowId={({ version }) => version}
      cursor={cursor}
      onPage={(next) => void navigate({ search: (before) => ({ ...before, cursor: next ?? undefined }) })}
      empty={<Empty {...services.noVersions} />}
    />
  )
}
