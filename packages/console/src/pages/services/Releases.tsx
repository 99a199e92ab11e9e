import { Button, SegmentedControl } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { services } from '#words/services.ts'
import { api } from '../../api/client.ts'
import { useLiveRefresh } from '../../api/live.ts'
import { DataTable, type Column } from '../../parts/DataTable.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { StateBadge } from '../../parts/StateBadge.tsx'
import { Time } from '../../parts/Time.tsx'
import { usePage } from '../../parts/usePage.ts'
import { DecideRelease } from './DecideRelease.tsx'

type ReleaseRequest = Schemas['ReleaseRequest']

const text = services.releases
const route = getRouteApi('/releases')

/** Releases that somebody has asked for, and what was decided. */
export function Releases() {
  const { state = 'waiting', cursor } = route.useSearch()
  const navigate = useNavigate({ from: '/releases' })
  const [decided, setDecided] = useState<ReleaseRequest | null>(null)
  const query = { cursor, ...(state === 'waiting' && { state: 'waiting' as const }) }
  const list = usePage(['release-requests', query], async () =>
    answer(await api.GET('/api/v1/release-requests', { params: { query } })),
  )
  useLiveRefresh({ types: ['version.*', 'release-request.*'] }, ['release-requests'])
  const columns = useMemo(
    (): Column<ReleaseRequest>[] => [
      {
        id: 'version',
        header: services.version,
        cell: ({ service, version }) => (
          <Link className="line-link" to="/services/$service/$version" params={{ service, version }}>
            {`${service} ${version}`}
          </Link>
        ),
      },
      { id: 'channel', header: services.channel, cell: ({ channel }) => channel },
      { id: 'asked', header: text.asked, wide: true, cell: ({ askedAt }) => <Time at={askedAt} /> },
      { id: 'by', header: text.askedBy, wide: true, cell: ({ askedBy }) => askedBy.name },
      { id: 'note', header: text.note, wide: true, cell: ({ note, reason }) => (reason === '' ? note : reason) },
      { id: 'state', header: services.state, cell: (request) => <StateBadge state={request.state} /> },
      {
        id: 'decide',
        header: text.decision,
        cell: (request) =>
          request.state === 'waiting' && (
            <Button
              size="compact-sm"
              variant="default"
              aria-label={`${text.decide}: ${request.service} ${request.version}`}
              onClick={() => setDecided(request)}
            >
              {text.decide}
            </Button>
          ),
      },
    ],
    [],
  )
  return (
    <>
      <PageHeader title={text.title} text={text.text}>
        <SegmentedControl
          aria-label={services.state}
          value={state}
          data={[
            { value: 'waiting', label: text.waiting },
            { value: 'all', label: text.all },
          ]}
          onChange={(next) => void navigate({ search: { state: next as typeof state } })}
        />
      </PageHeader>
      <DataTable
        label={text.title}
        columns={columns}
        {...list}
        rowId={({ id }) => id}
        cursor={cursor}
        onPage={(next) => void navigate({ search: (before) => ({ ...before, cursor: next ?? undefined }) })}
        empty={<Empty {...text.none} />}
      />
      {decided !== null && <DecideRelease key={decided.id} request={decided} onClose={() => setDecided(null)} />}
    </>
  )
}
