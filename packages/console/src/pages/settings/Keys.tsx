import { Button, NumberInput, Stack, Text, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { answer, type Schemas } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { settings } from '#words/settings.ts'
import { api } from '../../api/client.ts'
import { type Role, usePrincipal } from '../../api/session.ts'
import { Confirm } from '../../parts/Confirm.tsx'
import { type Column, DataTable } from '../../parts/DataTable.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { fieldFaults } from '../../parts/fieldFaults.ts'
import { StateBadge } from '../../parts/StateBadge.tsx'
import { Time } from '../../parts/Time.tsx'
import { useAction } from '../../parts/useAction.tsx'
import { Who } from '../../parts/Who.tsx'
import { Frame } from './Frame.tsx'
import { RolesField } from './RolesField.tsx'
import { ShownOnce } from './ShownOnce.tsx'

type ApiKey = Schemas['ApiKey']

const route = getRouteApi('/settings/keys')
const words = settings.keys

export function Keys() {
  const { cursor } = route.useSearch()
  const navigate = route.useNavigate()
  const [isMaking, setMaking] = useState(false)
  const [key, setKey] = useState<string | null>(null)
  const [revoked, setRevoked] = useState<ApiKey | null>(null)
  const { data, error, refetch } = useQuery({
    queryKey: ['api-keys', cursor],
    queryFn: async () => {
      const query = { limit: 50, ...(cursor !== undefined && { cursor }) }
      return answer(await api.GET('/api/v1/api-keys', { params: { query } }))
    },
  })
  const columns: readonly Column<ApiKey>[] = [
    { id: 'name', header: words.columns.name, cell: ({ name, id }) => <span title={id}>{name}</span> },
    { id: 'account', header: words.columns.account, cell: ({ account }) => <Who id={account} />, wide: true },
    { id: 'roles', header: words.columns.roles, cell: ({ roles }) => roles.join(', '), wide: true },
    { id: 'used', header: words.columns.used, cell: ({ lastUsedAt }) => <Time at={lastUsedAt} /> },
    { id: 'ends', header: words.columns.ends, cell: ({ expiresAt }) => <Time at={expiresAt} />, wide: true },
    { id: 'state', header: words.columns.state, cell: (row) => <StateBadge state={stateOf(row)} /> },
    {
      id: 'act',
      header: words.columns.act,
      cell: (row) =>
        stateOf(row) === 'active' && (
          <Button size="compact-sm" variant="default" onClick={() => setRevoked(row)}>
            {words.revoke}
          </Button>
        ),
    },
  ]
  return (
    <Frame
      title={words.title}
      text={words.text}
      actions={
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setMaking(true)}>
          {words.make}
        </Button>
      }
    >
      <DataTable
        label={words.title}
        columns={columns}
        page={data}
        error={error}
        retry={() => void refetch()}
        rowId={({ id }) => id}
        empty={<Empty title={words.none.title} text={words.none.text} />}
        cursor={cursor}
        onPage={(next) => void navigate({ search: { cursor: next ?? undefined } })}
      />
      {isMaking && (
        <MakeKey
          onKey={(made) => {
            setMaking(false)
            setKey(made)
          }}
          onClose={() => setMaking(false)}
        />
      )}
      {key !== null && <ShownOnce title={words.key} value={key} onClose={() => setKey(null)} />}
      {revoked !== null && <Revoke apiKey={revoked} onClose={() => setRevoked(null)} />}
    </Frame>
  )
}

function stateOf({ revokedAt, expiresAt }: ApiKey): 'active' | 'revoked' | 'ended' {
  if (revokedAt !== null) return 'revoked'
  return Date.parse(expiresAt) < Date.now() ? 'ended' : 'active'
}

const day = 86_400

function MakeKey({ onKey, onClose }: { onKey: (key: string) => void; onClose: () => void }) {
  const { roles: own } = usePrincipal()
  const [name, setName] = useState('')
  const [roles, setRoles] = useState<Role[]>([...own])
  const [days, setDays] = useState<number | string>(90)
  const make = useAction({
    run: async () => {
      const body = { name: name.trim(), roles, expiresInSeconds: Number(days) * day }
      return answer(await api.POST('/api/v1/api-keys', { body }))
    },
    done: (made) => words.made(made.name),
    changes: [['api-keys']],
    onDone: ({ key }) => onKey(key),
  })
  const faults = fieldFaults(make.error)
  return (
    <Confirm
      title={words.makeTitle}
      verb={words.verb}
      isOff={name.trim() === '' || roles.length === 0 || Number(days) <= 0}
      isPending={make.isPending}
      error={make.error}
      onConfirm={() => make.mutate()}
      onClose={onClose}
    >
      <Stack gap="sm">
        <TextInput
          label={words.name}
          description={words.nameHint}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={faults['/name']}
          data-autofocus
        />
        <RolesField value={roles} onChange={setRoles} only={own} error={faults['/roles']} />
        <NumberInput
          label={words.days}
          value={days}
          onChange={setDays}
          min={1}
          max={366}
          allowDecimal={false}
          error={faults['/expiresInSeconds']}
        />
      </Stack>
    </Confirm>
  )
}

function Revoke({ apiKey: { id, name }, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const revoke = useAction({
    run: async () => answer(await api.DELETE('/api/v1/api-keys/{id}', { params: { path: { id } } })),
    done: () => words.revoked(name),
    changes: [['api-keys']],
    onDone: onClose,
  })
  return (
    <Confirm
      title={words.revokeTitle(name)}
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
