import { Text } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { userGroups as words } from '#words/user-groups.ts'
import { api } from '../../api/client.ts'
import { useLiveRefresh } from '../../api/live.ts'
import { DataTable, type Column } from '../../parts/DataTable.tsx'
import { RowLink } from '../../parts/RowLink.tsx'

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
  {
    id: 'kept',
    header: words.columns.kept,
    wide: true,
    cell: ({ externalId }) => (externalId === null ? words.kept.hand : words.kept.scim),
  },
]

/** The groups that a person is in, and what they give. */
export function GroupsOf({ user }: { user: string }) {
  const groups = useQuery({
    queryKey: ['user-groups', 'of', user],
    queryFn: async () => answer(await api.GET('/api/v1/user-groups', { params: { query: { user, limit: 200 } } })),
  })
  useLiveRefresh({ types: ['user-group.*'] }, ['user-groups'])
  return (
    <DataTable
      label={words.of}
      columns={columns}
      page={groups.data}
      error={groups.error}
      retry={() => void groups.refetch()}
      rowId={({ id }) => id}
      empty={<Text c="dimmed">{words.notIn}</Text>}
    />
  )
}
