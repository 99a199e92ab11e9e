import { Button } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { getRouteApi } from '@tanstack/react-router'
import { people } from '#words/households.ts'
import { userGroups as words } from '#words/user-groups.ts'
import { api } from '../../api/client.ts'
import { useLiveRefresh } from '../../api/live.ts'
import { hasRole, usePrincipal } from '../../api/session.ts'
import { DataTable, type Column } from '../../parts/DataTable.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { RowLink } from '../../parts/RowLink.tsx'
import { useDialog } from '../../parts/useDialog.tsx'
import { usePage } from '../../parts/usePage.ts'
import { NewUserGroup } from './NewUserGroup.tsx'

const route = getRouteApi('/user-groups')

const columns: readonly Column<Schemas['ListedUserGroup']>[] = [
  {
    id: 'name',
    header: words.columns.name,
    cell: ({ id, name }) => (
      <RowLink to="userGroup" id={id}>
        {name}
      </RowLink>
    ),
  },
  { id: 'roles', header: words.columns.roles, cell: ({ roles }) => roles.join(', ') || words.noRoles },
  { id: 'members', header: words.columns.members, numeric: true, cell: ({ members }) => members.toLocaleString('en') },
  {
    id: 'kept',
    header: words.columns.kept,
    wide: true,
    cell: ({ externalId }) => (externalId === null ? words.kept.hand : words.kept.scim),
  },
]

export function UserGroups() {
  const { cursor } = route.useSearch()
  const navigate = route.useNavigate()
  const isOperator = hasRole(usePrincipal(), 'operator')
  const dialog = useDialog<'add'>()
  const list = usePage(['user-groups', cursor], async () =>
    answer(await api.GET('/api/v1/user-groups', { params: { query: { ...(cursor && { cursor }) } } })),
  )
  useLiveRefresh({ types: ['user-group.*'] }, ['user-groups'])
  return (
    <>
      <PageHeader title={words.title} text={words.text} above={[{ to: '/people', label: people.title }]}>
        {isOperator && <Button onClick={() => dialog.open('add')}>{words.add}</Button>}
      </PageHeader>
      <DataTable
        label={words.label}
        columns={columns}
        {...list}
        rowId={({ id }) => id}
        cursor={cursor}
        onPage={(next) => void navigate({ search: { cursor: next ?? undefined } })}
        empty={<Empty title={words.none} text={words.noneText} />}
      />
      {dialog.when('add', () => (
        <NewUserGroup onClose={dialog.close} />
      ))}
    </>
  )
}
