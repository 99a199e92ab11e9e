import { Button, List, Select } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { policies } from '#words/policies.ts'
import { api } from '../../api/client.ts'
import { type Column, DataTable } from '../../parts/DataTable.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { StateBadge } from '../../parts/StateBadge.tsx'
import { Time } from '../../parts/Time.tsx'
import { usePage } from '../../parts/usePage.ts'
import { Clauses } from './Clauses.tsx'

type Firing = Schemas['PolicyFiring']

const words = policies.firings
const states = ['not-held', 'limited', 'open', 'waiting', 'done', 'refused', 'denied'] as const

interface FiringsProps {
  /** Only of this policy. */
  readonly policy?: string
  readonly state?: string | undefined
  readonly onState?: (state: string | undefined) => void
  readonly cursor: string | undefined
  readonly onPage: (cursor: string | null) => void
}

/** Each time that a policy was set off: what held, what did not, and what was done. */
export function Firings({ policy, state: wanted, onState, cursor, onPage }: FiringsProps) {
  const [shown, setShown] = useState<string | null>(null)
  const state = states.find((each) => each === wanted)
  const list = usePage(['policies', 'firings', policy, state, cursor], async () => {
    const query = {
      limit: 50,
      ...(policy !== undefined && { policy }),
      ...(state !== undefined && { state }),
      ...(cursor !== undefined && { cursor }),
    }
    return answer(await api.GET('/api/v1/firings', { params: { query } }))
  })
  const columns: readonly Column<Firing>[] = [
    { id: 'at', header: words.columns.at, cell: ({ at }) => <Time at={at} /> },
    ...(policy === undefined
      ? [
          {
            id: 'policy',
            header: words.columns.policy,
            cell: (firing: Firing) => (
              <Link className="line-link" to="/policies/$policy" params={{ policy: firing.policy }}>
                {firing.name} {firing.version}
              </Link>
            ),
          },
        ]
      : []),
    {
      id: 'cause',
      header: words.columns.cause,
      cell: (firing) => (
        <>
          <span title={firing.cause.id}>{firing.cause.what}</span>
          {shown === firing.id && <Explained firing={firing} />}
        </>
      ),
    },
    { id: 'household', header: words.columns.household, cell: ({ household }) => household, wide: true },
    { id: 'state', header: words.columns.state, cell: (firing) => <StateBadge state={firing.state} /> },
    {
      id: 'details',
      header: words.columns.details,
      cell: ({ id }) => (
        <Button
          size="compact-xs"
          variant="default"
          aria-expanded={shown === id}
          onClick={() => setShown(shown === id ? null : id)}
        >
          {shown === id ? words.hide : words.why}
        </Button>
      ),
    },
  ]
  return (
    <>
      {onState && (
        <Select
          mb="sm"
          maw="12rem"
          label={words.state}
          placeholder={words.anyState}
          data={[...states]}
          value={state ?? null}
          onChange={(next) => onState(next ?? undefined)}
          clearable
        />
      )}
      <DataTable
        label={words.label}
        columns={columns}
        {...list}
        rowId={({ id }) => id}
        empty={<Empty title={words.none.title} text={words.none.text} />}
        cursor={cursor}
        onPage={onPage}
      />
    </>
  )
}

function Explained({ firing: { detail, clauses, actions } }: { firing: Firing }) {
  return (
    <div>
      {detail !== '' && <p>{detail}</p>}
      <Clauses clauses={clauses} />
      {actions.length > 0 && (
        <List size="sm" mt={4}>
          {actions.map(({ kind, state, detail: outcome, order, approval }) => (
            <List.Item key={`${kind} ${order ?? ''} ${approval ?? ''} ${outcome}`}>
              {kind}: {state} {order ?? approval ?? ''} {outcome}
            </List.Item>
          ))}
        </List>
      )}
    </div>
  )
}
