import '@mantine/core/styles/Switch.css'
import { Button, Stack, Switch, Text } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { settings } from '#words/settings.ts'
import { api } from '../../api/client.ts'
import { hasRole, type Role, usePrincipal } from '../../api/session.ts'
import { Confirm } from '../../parts/Confirm.tsx'
import { type Column, DataTable } from '../../parts/DataTable.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { StateBadge } from '../../parts/StateBadge.tsx'
import { Time } from '../../parts/Time.tsx'
import { useAction } from '../../parts/useAction.tsx'
import { Frame } from './Frame.tsx'
import { RolesField } from '../../parts/RolesField.tsx'
import { usePage } from '../../parts/usePage.ts'

type Account = Schemas['Account']

const route = getRouteApi('/settings/accounts')
const words = settings.accounts

export function Accounts() {
  const { cursor } = route.useSearch()
  const navigate = route.useNavigate()
  const mayWrite = hasRole(usePrincipal(), 'operator')
  const [changed, setChanged] = useState<Account | null>(null)
  const list = usePage(['accounts', 'list', cursor], async () => {
    const query = { limit: 50, ...(cursor !== undefined && { cursor }) }
    return answer(await api.GET('/api/v1/accounts', { params: { query } }))
  })
  const columns: readonly Column<Account>[] = [
    { id: 'name', header: words.columns.name, cell: ({ name, id }) => <span title={id}>{name}</span> },
    { id: 'roles', header: words.columns.roles, cell: ({ roles }) => roles.join(', ') },
    {
      id: 'state',
      header: words.columns.state,
      cell: ({ disabled }) => <StateBadge state={disabled ? words.disabled : words.active} />,
    },
    { id: 'since', header: words.columns.since, cell: ({ createdAt }) => <Time at={createdAt} />, wide: true },
    ...(mayWrite
      ? [
          {
            id: 'act',
            header: words.columns.act,
            cell: (account: Account) => (
              <Button
                size="compact-sm"
                variant="default"
                aria-label={words.change(account.name)}
                onClick={() => setChanged(account)}
              >
                {settings.change}
              </Button>
            ),
          },
        ]
      : []),
  ]
  return (
    <Frame title={words.title} text={words.text}>
      <DataTable
        label={words.title}
        columns={columns}
        {...list}
        rowId={({ id }) => id}
        empty={<Empty title={words.none} />}
        cursor={cursor}
        onPage={(next) => void navigate({ search: { cursor: next ?? undefined } })}
      />
      {changed !== null && <ChangeAccount account={changed} onClose={() => setChanged(null)} />}
    </Frame>
  )
}

function ChangeAccount({ account, onClose }: { account: Account; onClose: () => void }) {
  const [roles, setRoles] = useState<Role[]>(account.roles)
  const [isEnabled, setEnabled] = useState(!account.disabled)
  const change = useAction({
    run: async () => {
      const params = { path: { id: account.id } }
      return answer(await api.PATCH('/api/v1/accounts/{id}', { params, body: { roles, disabled: !isEnabled } }))
    },
    done: ({ name }) => words.changed(name),
    changes: [['accounts']],
    onDone: onClose,
  })
  return (
    <Confirm
      title={words.changeTitle(account.name)}
      verb={words.verb}
      isOff={roles.length === 0}
      isPending={change.isPending}
      error={change.error}
      onConfirm={() => change.mutate()}
      onClose={onClose}
    >
      <Stack gap="sm">
        <RolesField
          value={roles}
          onChange={setRoles}
          error={roles.length === 0 ? settings.invitations.noRole : undefined}
        />
        <Switch
          label={words.enabled}
          checked={isEnabled}
          onChange={(event) => setEnabled(event.currentTarget.checked)}
        />
        <Text size="sm">{words.consequence}</Text>
      </Stack>
    </Confirm>
  )
}
