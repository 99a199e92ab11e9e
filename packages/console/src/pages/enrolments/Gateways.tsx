import { Button, Checkbox, Group, NativeSelect, Stack, Text } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { common } from '#words/common.ts'
import { enrolments } from '#words/enrolments.ts'
import { fleet } from '#words/fleet.ts'
import { api } from '../../api/client.ts'
import { useLiveRefresh } from '../../api/live.ts'
import { hasRole, usePrincipal } from '../../api/session.ts'
import { Confirm } from '../../parts/Confirm.tsx'
import { DataTable, type Column } from '../../parts/DataTable.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { fieldFaults } from '../../parts/fieldFaults.ts'
import { NameField } from '../../parts/NameField.tsx'
import { useNames } from '../../parts/names.ts'
import { EntityPicker } from '../../parts/picker/EntityPicker.tsx'
import { RowLink } from '../../parts/RowLink.tsx'
import { StateBadge } from '../../parts/StateBadge.tsx'
import { Time } from '../../parts/Time.tsx'
import { useAction } from '../../parts/useAction.tsx'
import { useDialog } from '../../parts/useDialog.tsx'
import { usePage } from '../../parts/usePage.ts'
import { Once } from './Once.tsx'

const enrolmentsRoute = getRouteApi('/enrolments')

const words = enrolments.gateways
type Credential = Schemas['GatewayCredential']

function columns(nameOf: (id: string) => string, revoke?: (credential: Credential) => void): Column<Credential>[] {
  return [
    {
      id: 'name',
      header: words.name,
      cell: (each) => (
        <Text size="sm" fw={600}>
          {each.name}
        </Text>
      ),
    },
    { id: 'protocol', header: words.protocol, cell: (each) => fleet.protocols[each.protocol] },
    { id: 'kind', header: words.kind, wide: true, cell: (each) => each.kind },
    {
      id: 'household',
      header: words.household,
      wide: true,
      cell: ({ household }) =>
        household === null ? (
          '–'
        ) : (
          <RowLink to="household" id={household}>
            {nameOf(household)}
          </RowLink>
        ),
    },
    {
      id: 'approval',
      header: words.approval,
      wide: true,
      cell: (each) => enrolments.claims.approvals[each.approval] ?? each.approval,
    },
    { id: 'made', header: words.made, wide: true, cell: (each) => <Time at={each.createdAt} /> },
    {
      id: 'revoke',
      header: common.actions,
      cell: (each) => {
        if (each.revokedAt !== null) return <StateBadge state="none" label={words.revoked} />
        return (
          revoke && (
            <Button size="compact-xs" variant="default" onClick={() => revoke(each)}>
              {words.revoke}
            </Button>
          )
        )
      },
    },
  ]
}

/** Credentials that a batch of devices of another protocol shares. */
export function Gateways() {
  const { cursor } = enrolmentsRoute.useSearch()
  const navigate = enrolmentsRoute.useNavigate()
  const isOperator = hasRole(usePrincipal(), 'operator')
  const [revoked, setRevoked] = useState<Credential | null>(null)
  const dialog = useDialog<'add'>()
  const list = usePage(['gateways', cursor], async () =>
    answer(await api.GET('/api/v1/gateway-credentials', { params: { query: { ...(cursor && { cursor }) } } })),
  )
  useLiveRefresh({ types: ['gateway-credential.*'] }, ['gateways'])
  const nameOf = useNames(list.page?.items.map(({ household }) => household) ?? [])
  return (
    <Stack gap="sm">
      {isOperator && (
        <Group justify="flex-end">
          <Button onClick={() => dialog.open('add')}>{words.add}</Button>
        </Group>
      )}
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
        <Add onClose={dialog.close} />
      ))}
      {revoked !== null && <Revoke credential={revoked} onClose={() => setRevoked(null)} />}
    </Stack>
  )
}

function Revoke({ credential: { id, name }, onClose }: { credential: Credential; onClose: () => void }) {
  const revoke = useAction({
    run: async () => answer(await api.DELETE('/api/v1/gateway-credentials/{id}', { params: { path: { id } } })),
    done: () => words.done,
    changes: [['gateways']],
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

function Add({ onClose }: { onClose: () => void }) {
  const [protocol, setProtocol] = useState<Credential['protocol']>('ddi')
  const [name, setName] = useState('')
  const [household, setHousehold] = useState('')
  const [byPerson, setByPerson] = useState(true)
  const make = useAction({
    run: async () => {
      const body = {
        protocol,
        name,
        household: household === '' ? null : household,
        approval: byPerson ? 'person' : 'none',
      }
      return answer(await api.POST('/api/v1/gateway-credentials', { body: body as never }))
    },
    done: () => words.form.done,
    changes: [['gateways']],
  })
  if (make.data !== undefined)
    return (
      <Once
        title={words.form.done}
        text={words.form.once}
        secret={make.data.secret ?? make.data.id}
        onClose={onClose}
      />
    )
  const faults = fieldFaults(make.error)
  const protocols = Object.entries(fleet.protocols).filter(([value]) => value !== 'native')
  return (
    <Confirm
      title={words.form.title}
      verb={words.form.verb}
      isPending={make.isPending}
      error={make.error}
      onConfirm={() => make.mutate()}
      onClose={onClose}
    >
      <Stack gap="sm">
        <NativeSelect
          label={words.form.protocol}
          data={protocols.map(([value, label]) => ({ value, label }))}
          value={protocol}
          onChange={(event) => setProtocol(event.currentTarget.value as Credential['protocol'])}
        />
        <NameField label={words.form.name} value={name} fault={faults['/name']} onChange={setName} />
        <EntityPicker
          of="household"
          label={words.form.household}
          value={household}
          error={faults['/household']}
          onChange={setHousehold}
        />
        <Checkbox
          label={words.form.approval}
          checked={byPerson}
          onChange={(event) => setByPerson(event.currentTarget.checked)}
        />
      </Stack>
    </Confirm>
  )
}
