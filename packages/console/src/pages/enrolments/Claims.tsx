import { Button, Group, Stack, Text } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { common } from '#words/common.ts'
import { enrolments } from '#words/enrolments.ts'
import { api } from '../../api/client.ts'
import { useLiveRefresh } from '../../api/live.ts'
import { hasRole, usePrincipal } from '../../api/session.ts'
import { Confirm } from '../../parts/Confirm.tsx'
import { DataTable, type Column } from '../../parts/DataTable.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { useNames } from '../../parts/names.ts'
import { RowLink } from '../../parts/RowLink.tsx'
import { StateBadge } from '../../parts/StateBadge.tsx'
import { Time } from '../../parts/Time.tsx'
import { useAction } from '../../parts/useAction.tsx'
import { useDialog } from '../../parts/useDialog.tsx'
import { usePage } from '../../parts/usePage.ts'
import { ClaimDialog } from './ClaimDialog.tsx'

const enrolmentsRoute = getRouteApi('/enrolments')

const words = enrolments.claims
type Claim = Schemas['Claim']

function stateOf({ revokedAt, used, uses, expiresAt }: Claim): keyof typeof words.states {
  if (revokedAt !== null) return 'revoked'
  if (used >= uses) return 'used'
  return Date.parse(expiresAt) < Date.now() ? 'expired' : 'open'
}

function forWhat({ serial, serialPrefix }: Claim): string {
  if (serial !== null) return words.serial(serial)
  return serialPrefix === null ? words.anyDevice : words.serialPrefix(serialPrefix)
}

function columns(nameOf: (id: string) => string, revoke?: (claim: Claim) => void): Column<Claim>[] {
  return [
    {
      id: 'household',
      header: words.household,
      cell: (each) => (
        <RowLink to="household" id={each.household}>
          {nameOf(each.household)}
        </RowLink>
      ),
    },
    { id: 'for', header: words.for, wide: true, cell: forWhat },
    { id: 'used', header: words.used, numeric: true, cell: (each) => words.usedOf(each.used, each.uses) },
    {
      id: 'approval',
      header: words.approval,
      wide: true,
      cell: (each) => words.approvals[each.approval] ?? each.approval,
    },
    {
      id: 'state',
      header: words.state,
      cell: (each) => (
        <StateBadge state={stateOf(each) === 'open' ? 'active' : 'none'} label={words.states[stateOf(each)]} />
      ),
    },
    { id: 'ends', header: words.ends, wide: true, cell: (each) => <Time at={each.expiresAt} /> },
    ...(revoke === undefined
      ? []
      : [
          {
            id: 'revoke',
            header: common.actions,
            cell: (each: Claim) =>
              stateOf(each) === 'open' && (
                <Button size="compact-xs" variant="default" onClick={() => revoke(each)}>
                  {words.revoke}
                </Button>
              ),
          },
        ]),
  ]
}

/** Claims: what lets devices in. */
export function Claims() {
  const { household, cursor } = enrolmentsRoute.useSearch()
  const navigate = enrolmentsRoute.useNavigate()
  const isOperator = hasRole(usePrincipal(), 'operator')
  const [revoked, setRevoked] = useState<Claim | null>(null)
  const dialog = useDialog<'add'>()
  const query = { ...(household && { household }), ...(cursor && { cursor }) }
  const list = usePage(['claims', query], async () => answer(await api.GET('/api/v1/claims', { params: { query } })))
  useLiveRefresh({ types: ['claim.*', 'device.enrolled'] }, ['claims'])
  const nameOf = useNames([household, ...(list.page?.items.map((claim) => claim.household) ?? [])])
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Text size="sm">
          {household !== undefined && (
            <>
              {words.household}: {nameOf(household)}{' '}
              <Button size="compact-xs" variant="subtle" onClick={() => void navigate({ search: { tab: 'claims' } })}>
                ×
              </Button>
            </>
          )}
        </Text>
        {isOperator && <Button onClick={() => dialog.open('add')}>{words.add}</Button>}
      </Group>
      <DataTable
        label={words.label}
        columns={columns(nameOf, isOperator ? setRevoked : undefined)}
        {...list}
        rowId={(each) => each.id}
        cursor={cursor}
        onPage={(next) => void navigate({ search: (now) => ({ ...now, cursor: next ?? undefined }) })}
        empty={<Empty title={words.none} text={words.noneText} />}
      />
      {dialog.when('add', () => (
        <ClaimDialog household={household} onClose={dialog.close} />
      ))}
      {revoked !== null && <Revoke claim={revoked} onClose={() => setRevoked(null)} />}
    </Stack>
  )
}

function Revoke({ claim: { id }, onClose }: { claim: Claim; onClose: () => void }) {
  const revoke = useAction({
    run: async () => answer(await api.DELETE('/api/v1/claims/{id}', { params: { path: { id } } })),
    done: () => words.revoked,
    changes: [['claims']],
    onDone: onClose,
  })
  return (
    <Confirm
      title={words.revokeTitle}
      verb={words.revoke}
      isDangerous
      isPending={revoke.isPending}
      error={revoke.error}
      onConfirm={() => revoke.mutate()}
      onClose={onClose}
    >
      <Text size="sm">{words.revokeText}</Text>
    </Confirm>
  )
}
