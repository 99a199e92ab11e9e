import { Button, Stack, Text, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { answer, type Schemas } from '@sutler/client'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { settings } from '#words/settings.ts'
import { api } from '../../api/client.ts'
import { hasRole, usePrincipal } from '../../api/session.ts'
import { Confirm } from '../../parts/Confirm.tsx'
import { type Column, DataTable } from '../../parts/DataTable.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { fieldFaults } from '../../parts/fieldFaults.ts'
import { StateBadge } from '../../parts/StateBadge.tsx'
import { Time } from '../../parts/Time.tsx'
import { useAction } from '../../parts/useAction.tsx'
import { usePage } from '../../parts/usePage.ts'
import { Frame } from './Frame.tsx'
import { ShownOnce } from './ShownOnce.tsx'

type Tenant = Schemas['Tenant']

const route = getRouteApi('/settings/tenants')
const words = settings.tenants

export function Tenants() {
  const { cursor } = route.useSearch()
  const navigate = route.useNavigate()
  const mayWrite = hasRole(usePrincipal(), 'operator')
  const [isMaking, setMaking] = useState(false)
  const [link, setLink] = useState<string | null>(null)
  const [switched, setSwitched] = useState<Tenant | null>(null)
  const list = usePage(['tenants', cursor], async () => {
    const query = { limit: 50, ...(cursor !== undefined && { cursor }) }
    return answer(await api.GET('/api/v1/tenants', { params: { query } }))
  })
  const columns: readonly Column<Tenant>[] = [
    { id: 'name', header: words.columns.name, cell: ({ name }) => name },
    { id: 'id', header: words.columns.id, cell: ({ id }) => <code>{id}</code> },
    {
      id: 'state',
      header: words.columns.state,
      cell: ({ disabled }) => <StateBadge state={disabled ? 'disabled' : 'active'} />,
    },
    { id: 'since', header: words.columns.since, cell: ({ createdAt }) => <Time at={createdAt} />, wide: true },
    ...(mayWrite
      ? [
          {
            id: 'act',
            header: words.columns.act,
            cell: (tenant: Tenant) => (
              <Button size="compact-sm" variant="default" onClick={() => setSwitched(tenant)}>
                {tenant.disabled ? words.enable : words.disable}
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
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setMaking(true)}>
            {words.make}
          </Button>
        )
      }
    >
      <DataTable
        label={words.title}
        columns={columns}
        {...list}
        rowId={({ id }) => id}
        empty={<Empty title={words.none} />}
        cursor={cursor}
        onPage={(next) => void navigate({ search: { cursor: next ?? undefined } })}
      />
      {isMaking && (
        <Make
          onLink={(made) => {
            setMaking(false)
            setLink(made)
          }}
          onClose={() => setMaking(false)}
        />
      )}
      {link !== null && (
        <ShownOnce title={words.link} text={words.linkText} value={link} onClose={() => setLink(null)} />
      )}
      {switched !== null && <Switch tenant={switched} onClose={() => setSwitched(null)} />}
    </Frame>
  )
}

function Make({ onLink, onClose }: { onLink: (link: string) => void; onClose: () => void }) {
  const [id, setId] = useState('')
  const [name, setName] = useState('')
  const make = useAction({
    run: async () => answer(await api.POST('/api/v1/tenants', { body: { id, name } })),
    done: (made) => words.made(made.name),
    changes: [['tenants']],
    onDone: ({ link }) => onLink(link),
  })
  const faults = fieldFaults(make.error)
  return (
    <Confirm
      title={words.makeTitle}
      verb={words.verb}
      isOff={id === '' || name === ''}
      isPending={make.isPending}
      error={make.error}
      onConfirm={() => make.mutate()}
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
          label={words.id}
          value={id}
          onChange={(event) => setId(event.currentTarget.value)}
          error={faults['/id']}
        />
      </Stack>
    </Confirm>
  )
}

function Switch({ tenant: { id, name, disabled }, onClose }: { tenant: Tenant; onClose: () => void }) {
  const change = useAction({
    run: async () =>
      answer(await api.PATCH('/api/v1/tenants/{id}', { params: { path: { id } }, body: { disabled: !disabled } })),
    done: () => words.changed(name),
    changes: [['tenants']],
    onDone: onClose,
  })
  return (
    <Confirm
      title={disabled ? `${words.enable} ${name}` : words.disableTitle(name)}
      verb={disabled ? words.enable : words.disable}
      isDangerous={!disabled}
      {...(!disabled && { word: id })}
      isPending={change.isPending}
      error={change.error}
      onConfirm={() => change.mutate()}
      onClose={onClose}
    >
      {!disabled && <Text size="sm">{words.disableText}</Text>}
    </Confirm>
  )
}
