import { Button, Code, Group, Text, TextInput } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { audit } from '#words/audit.ts'
import { api } from '../../api/client.ts'
import { type Column, DataTable } from '../../parts/DataTable.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { Facts } from '../../parts/Facts.tsx'
import { StateBadge } from '../../parts/StateBadge.tsx'
import { ExactTime } from '../../parts/Time.tsx'
import { Who } from '../../parts/Who.tsx'

type Row = Schemas['AuditEntry']

const route = getRouteApi('/audit')

const badges: Readonly<Record<string, string>> = { allowed: 'completed', forbidden: 'denied', refused: 'denied' }

/** What was done, page by page, the newest first unless asked otherwise; filters and order stand in the address. */
export function AuditRows() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { principal, action, about, since, cursor } = search
  const sort: 'newest' | 'oldest' = search.sort ?? 'newest'
  const [shown, setShown] = useState<string | null>(null)
  const { data, error, refetch } = useQuery({
    queryKey: ['audit', 'rows', principal, action, about, since, sort, cursor],
    queryFn: async () => {
      const query = {
        limit: 50,
        sort,
        ...(principal !== undefined && { principal }),
        ...(action !== undefined && { action }),
        ...(about !== undefined && { about }),
        ...(since !== undefined && { since: new Date(since).toISOString() }),
        ...(cursor !== undefined && { cursor }),
      }
      return answer(await api.GET('/api/v1/audit', { params: { query } }))
    },
  })
  const columns: readonly Column<Row>[] = [
    { id: 'at', header: audit.columns.at, cell: ({ at }) => <ExactTime at={at} />, sort: 'at' },
    { id: 'who', header: audit.columns.who, cell: (row) => <Principal row={row} /> },
    {
      id: 'action',
      header: audit.columns.action,
      cell: (row) => (
        <>
          <code>{row.action}</code>
          {shown === placeOf(row) && <Details row={row} />}
        </>
      ),
    },
    {
      id: 'verdict',
      header: audit.columns.verdict,
      cell: ({ verdict }) => <StateBadge state={badges[verdict] ?? verdict} label={verdict} />,
    },
    {
      id: 'object',
      header: audit.columns.object,
      // Digests are long: whatever it is, what can be done stays in sight.
      cell: ({ object }) => <span style={{ overflowWrap: 'anywhere' }}>{Object.values(object).join(', ')}</span>,
      wide: true,
    },
    {
      id: 'details',
      header: audit.columns.details,
      cell: (row) => {
        const isShown = shown === placeOf(row)
        return (
          <Button
            size="compact-xs"
            variant="default"
            aria-expanded={isShown}
            onClick={() => setShown(isShown ? null : placeOf(row))}
          >
            {isShown ? audit.hide : audit.show}
          </Button>
        )
      },
    },
  ]
  return (
    <>
      <Filters key={JSON.stringify([principal, action, about, since])} />
      <DataTable
        label={audit.list}
        columns={columns}
        page={data}
        error={error}
        retry={() => void refetch()}
        rowId={placeOf}
        empty={<Empty title={audit.none.title} text={audit.none.text} />}
        sort={sort === 'newest' ? '-at' : 'at'}
        onSort={(next) =>
          void navigate({ search: { ...search, cursor: undefined, sort: next === 'at' ? 'oldest' : undefined } })
        }
        cursor={cursor}
        onPage={(next) => void navigate({ search: { ...search, cursor: next ?? undefined } })}
      />
    </>
  )
}

function placeOf({ chain, position }: Row): string {
  return `${chain} ${position}`
}

function Principal({ row: { principal } }: { row: Row }) {
  if (principal.name !== undefined) return <span title={principal.id}>{principal.name}</span>
  return principal.kind === 'hub' ? <>{audit.hub}</> : <Who id={principal.id} />
}

function Details({ row }: { row: Row }) {
  const { reason, decision, request, chain, position, changes, object, count } = row
  return (
    <div>
      <Facts
        facts={[
          [audit.reason, reason],
          ...(decision === null ? [] : [[audit.decision, <code key="decision">{decision}</code>] as const]),
          ...(request === null ? [] : [[audit.request, <code key="request">{request}</code>] as const]),
          [
            audit.columns.object,
            Object.entries(object)
              .map(([kind, id]) => `${kind} ${id}`)
              .join(', '),
          ],
          [audit.place, audit.placeOf(position, chain)],
        ]}
      />
      {count > 1 && <Text size="sm">{audit.count(count)}</Text>}
      {changes.length > 0 && (
        <Code block mt="xs" tabIndex={0} style={{ maxHeight: '14rem', overflow: 'auto' }}>
          {JSON.stringify(changes, null, 2)}
        </Code>
      )}
    </div>
  )
}

function Filters() {
  const { principal = '', action = '', about = '', since = '', sort } = route.useSearch()
  const navigate = route.useNavigate()
  const [typed, setTyped] = useState({ principal, action, about, since })
  const change = (part: Partial<typeof typed>): void => setTyped((before) => ({ ...before, ...part }))
  const apply = (event: FormEvent): void => {
    event.preventDefault()
    const wanted = Object.entries(typed)
      .map(([name, value]) => [name, value.trim()] as const)
      .filter(([, value]) => value !== '')
    void navigate({ search: { ...Object.fromEntries(wanted), sort } })
  }
  return (
    <form onSubmit={apply}>
      <Group mb="sm" align="flex-end" gap="sm">
        <TextInput
          label={audit.filters.principal}
          value={typed.principal}
          onChange={(event) => change({ principal: event.currentTarget.value })}
        />
        <TextInput
          label={audit.filters.action}
          value={typed.action}
          onChange={(event) => change({ action: event.currentTarget.value })}
        />
        <TextInput
          label={audit.filters.about}
          value={typed.about}
          onChange={(event) => change({ about: event.currentTarget.value })}
        />
        <TextInput
          type="datetime-local"
          label={audit.filters.since}
          value={typed.since}
          onChange={(event) => change({ since: event.currentTarget.value })}
        />
        <Button type="submit" variant="default">
          {audit.filters.apply}
        </Button>
        {(principal || action || about || since) && (
          <Button variant="subtle" onClick={() => void navigate({ search: { sort } })}>
            {audit.filters.clear}
          </Button>
        )}
      </Group>
    </form>
  )
}
