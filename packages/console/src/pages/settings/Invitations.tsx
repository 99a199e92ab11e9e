import { Button, NumberInput, Stack, Text, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { answer, type Schemas } from '@sutler/client'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { settings } from '#words/settings.ts'
import { api } from '../../api/client.ts'
import { hasRole, type Role, usePrincipal } from '../../api/session.ts'
import { Confirm } from '../../parts/Confirm.tsx'
import { type Column, DataTable } from '../../parts/DataTable.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { fieldFaults } from '../../parts/fieldFaults.ts'
import { EntityPicker } from '../../parts/picker/EntityPicker.tsx'
import { StateBadge } from '../../parts/StateBadge.tsx'
import { Time } from '../../parts/Time.tsx'
import { useAction } from '../../parts/useAction.tsx'
import { Who } from '../../parts/Who.tsx'
import { Frame } from './Frame.tsx'
import { RolesField } from '../../parts/RolesField.tsx'
import { usePage } from '../../parts/usePage.ts'
import { ShownOnce } from './ShownOnce.tsx'

type Invitation = Schemas['Invitation']

const route = getRouteApi('/settings/invitations')
const words = settings.invitations

export function Invitations() {
  const { cursor } = route.useSearch()
  const navigate = route.useNavigate()
  const mayWrite = hasRole(usePrincipal(), 'operator')
  const [isInviting, setInviting] = useState(false)
  const [link, setLink] = useState<string | null>(null)
  const [withdrawn, setWithdrawn] = useState<Invitation | null>(null)
  const list = usePage(['invitations', cursor], async () => {
    const query = { limit: 50, ...(cursor !== undefined && { cursor }) }
    return answer(await api.GET('/api/v1/invitations', { params: { query } }))
  })
  const columns: readonly Column<Invitation>[] = [
    { id: 'roles', header: words.columns.roles, cell: ({ roles }) => roles.join(', ') },
    { id: 'for', header: words.columns.for, cell: ({ email, user }) => email ?? user ?? words.anybody, wide: true },
    { id: 'by', header: words.columns.by, cell: ({ createdBy }) => <Who id={createdBy} />, wide: true },
    { id: 'ends', header: words.columns.ends, cell: ({ expiresAt }) => <Time at={expiresAt} /> },
    { id: 'state', header: words.columns.state, cell: (row) => <StateBadge state={stateOf(row)} /> },
    ...(mayWrite
      ? [
          {
            id: 'act',
            header: words.columns.act,
            cell: (invitation: Invitation) =>
              stateOf(invitation) === 'open' && (
                <Button size="compact-sm" variant="default" onClick={() => setWithdrawn(invitation)}>
                  {words.withdraw}
                </Button>
              ),
          },
        ]
      : []),
  ]
  return (
    <Frame
      title={words.title}
      text={words.text}
      actions={
        mayWrite && (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setInviting(true)}>
            {words.invite}
          </Button>
        )
      }
    >
      <DataTable
        label={words.title}
        columns={columns}
        {...list}
        rowId={({ id }) => id}
        empty={<Empty title={words.none.title} text={words.none.text} />}
        cursor={cursor}
        onPage={(next) => void navigate({ search: { cursor: next ?? undefined } })}
      />
      {isInviting && (
        <Invite
          onLink={(made) => {
            setInviting(false)
            setLink(made)
          }}
          onClose={() => setInviting(false)}
        />
      )}
      {link !== null && (
        <ShownOnce title={words.link} text={words.linkText} value={link} onClose={() => setLink(null)} />
      )}
      {withdrawn !== null && <Withdraw id={withdrawn.id} onClose={() => setWithdrawn(null)} />}
    </Frame>
  )
}

function stateOf({ usedAt, expiresAt }: Invitation): 'open' | 'used' | 'ended' {
  if (usedAt !== null) return 'used'
  return Date.parse(expiresAt) < Date.now() ? 'ended' : 'open'
}

const day = 86_400

function Invite({ onLink, onClose }: { onLink: (link: string) => void; onClose: () => void }) {
  const [roles, setRoles] = useState<Role[]>(['developer'])
  const [email, setEmail] = useState('')
  const [household, setHousehold] = useState('')
  const [days, setDays] = useState<number | string>(7)
  const invite = useAction({
    run: async () => {
      const body = {
        roles,
        ...(email.trim() !== '' && { email: email.trim() }),
        ...(household !== '' && { households: [household] }),
        expiresInSeconds: Number(days) * day,
      }
      return answer(await api.POST('/api/v1/invitations', { body }))
    },
    done: () => words.made,
    changes: [['invitations']],
    onDone: ({ link }) => onLink(link),
  })
  const faults = fieldFaults(invite.error)
  return (
    <Confirm
      title={words.inviteTitle}
      verb={words.verb}
      isOff={roles.length === 0 || Number(days) <= 0}
      isPending={invite.isPending}
      error={invite.error}
      onConfirm={() => invite.mutate()}
      onClose={onClose}
    >
      <Stack gap="sm">
        <RolesField value={roles} onChange={setRoles} error={roles.length === 0 ? words.noRole : faults['/roles']} />
        <TextInput
          label={words.email}
          description={words.emailHint}
          type="email"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={faults['/email']}
        />
        {roles.includes('subscriber') && (
          <EntityPicker
            of="household"
            label={words.household}
            value={household}
            onChange={setHousehold}
            error={faults['/households'] ?? faults['/households/0']}
          />
        )}
        <NumberInput
          label={words.days}
          value={days}
          onChange={setDays}
          min={1}
          max={30}
          allowDecimal={false}
          error={faults['/expiresInSeconds']}
        />
        {roles.length > 0 && <Text size="sm">{words.consequence(roles.join(', '))}</Text>}
      </Stack>
    </Confirm>
  )
}

function Withdraw({ id, onClose }: { id: string; onClose: () => void }) {
  const withdraw = useAction({
    run: async () => answer(await api.DELETE('/api/v1/invitations/{id}', { params: { path: { id } } })),
    done: () => words.withdrawn,
    changes: [['invitations']],
    onDone: onClose,
  })
  return (
    <Confirm
      title={words.withdrawTitle}
      verb={words.withdraw}
      isDangerous
      isPending={withdraw.isPending}
      error={withdraw.error}
      onConfirm={() => withdraw.mutate()}
      onClose={onClose}
    >
      <Text size="sm">{words.withdrawText}</Text>
    </Confirm>
  )
}
