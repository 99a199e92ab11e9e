import { Button, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { answer, type Schemas } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { settings } from '#words/settings.ts'
import { api } from '../../api/client.ts'
import { hasRole, usePrincipal } from '../../api/session.ts'
import { Confirm } from '../../parts/Confirm.tsx'
import { CopyText } from '../../parts/CopyText.tsx'
import { type Column, DataTable } from '../../parts/DataTable.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { fieldFaults } from '../../parts/fieldFaults.ts'
import { StateBadge } from '../../parts/StateBadge.tsx'
import { useAction } from '../../parts/useAction.tsx'
import { Frame } from './Frame.tsx'
import { RoleMapping } from './providers/RoleMapping.tsx'

type Provider = Schemas['IdentityProvider']

const route = getRouteApi('/settings/providers')
const words = settings.providers

export function Providers() {
  const { cursor } = route.useSearch()
  const navigate = route.useNavigate()
  const mayWrite = hasRole(usePrincipal(), 'operator')
  const [isMaking, setMaking] = useState(false)
  const [switched, setSwitched] = useState<Provider | null>(null)
  const [mapped, setMapped] = useState<Provider | null>(null)
  const { data, error, refetch } = useQuery({
    queryKey: ['identity-providers', cursor],
    queryFn: async () => {
      const query = { limit: 50, ...(cursor !== undefined && { cursor }) }
      return answer(await api.GET('/api/v1/identity-providers', { params: { query } }))
    },
  })
  const columns: readonly Column<Provider>[] = [
    { id: 'name', header: words.columns.name, cell: ({ name }) => name },
    { id: 'issuer', header: words.columns.issuer, cell: ({ issuer }) => issuer, wide: true },
    {
      id: 'callback',
      header: words.columns.callback,
      cell: ({ callback }) => <CopyText text={callback} />,
      wide: true,
    },
    {
      id: 'roles',
      header: words.columns.roles,
      cell: ({ roleMapping }) => (roleMapping === null ? words.invitedOnly : words.byClaim(roleMapping)),
      wide: true,
    },
    {
      id: 'state',
      header: words.columns.state,
      cell: ({ disabled }) => <StateBadge state={disabled ? 'disabled' : 'active'} />,
    },
    ...(mayWrite
      ? [
          {
            id: 'act',
            header: words.columns.act,
            cell: (provider: Provider) => (
              <Group gap={4}>
                <Button size="compact-sm" variant="default" onClick={() => setMapped(provider)}>
                  {words.mapping.open}
                </Button>
                <Button size="compact-sm" variant="default" onClick={() => setSwitched(provider)}>
                  {provider.disabled ? words.enable : words.disable}
                </Button>
              </Group>
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
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setMaking(true)}>
            {words.make}
          </Button>
        )
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
      {isMaking && <AddProvider onClose={() => setMaking(false)} />}
      {mapped !== null && <RoleMapping provider={mapped} onClose={() => setMapped(null)} />}
      {switched !== null && <Switch provider={switched} onClose={() => setSwitched(null)} />}
    </Frame>
  )
}

function AddProvider({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('')
  const [issuer, setIssuer] = useState('')
  const [clientId, setClientId] = useState('')
  const [clientSecret, setClientSecret] = useState('')
  const add = useAction({
    run: async () => {
      const body = { name, issuer, clientId, ...(clientSecret !== '' && { clientSecret }) }
      return answer(await api.POST('/api/v1/identity-providers', { body }))
    },
    done: (made) => words.made(made.name),
    changes: [['identity-providers']],
    onDone: onClose,
  })
  const faults = fieldFaults(add.error)
  return (
    <Confirm
      title={words.makeTitle}
      verb={words.verb}
      isOff={name === '' || issuer === '' || clientId === ''}
      isPending={add.isPending}
      error={add.error}
      onConfirm={() => add.mutate()}
      onClose={onClose}
    >
      <Stack gap="sm">
        <TextInput
          label={words.name}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={faults['/name']}
          data-autofocus
        />
        <TextInput
          label={words.issuer}
          type="url"
          value={issuer}
          onChange={(event) => setIssuer(event.currentTarget.value)}
          error={faults['/issuer']}
        />
        <TextInput
          label={words.clientId}
          value={clientId}
          onChange={(event) => setClientId(event.currentTarget.value)}
          error={faults['/clientId']}
        />
        <PasswordInput
          label={words.clientSecret}
          value={clientSecret}
          onChange={(event) => setClientSecret(event.currentTarget.value)}
          error={faults['/clientSecret']}
          autoComplete="off"
        />
      </Stack>
    </Confirm>
  )
}

function Switch({ provider: { id, name, disabled }, onClose }: { provider: Provider; onClose: () => void }) {
  const change = useAction({
    run: async () => {
      const params = { path: { id } }
      // Whatever else was changed meanwhile stays as it is.
      const headers = { 'If-Match': '*' }
      const body = { disabled: !disabled }
      return answer(await api.PATCH('/api/v1/identity-providers/{id}', { params, headers, body }))
    },
    done: () => words.changed(name),
    changes: [['identity-providers']],
    onDone: onClose,
  })
  return (
    <Confirm
      title={disabled ? `${words.enable} ${name}` : words.disableTitle(name)}
      verb={disabled ? words.enable : words.disable}
      isDangerous={!disabled}
      isPending={change.isPending}
      error={change.error}
      onConfirm={() => change.mutate()}
      onClose={onClose}
    >
      {!disabled && <Text size="sm">{words.disableText}</Text>}
    </Confirm>
  )
}
