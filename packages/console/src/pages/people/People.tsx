import { Button, Group } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { getRouteApi } from '@tanstack/react-router'
import { people as words } from '#words/households.ts'
import { merging } from '#words/personal.ts'
import { userGroups } from '#words/user-groups.ts'
import { api } from '../../api/client.ts'
import { useLiveRefresh } from '../../api/live.ts'
import { hasRole, usePrincipal } from '../../api/session.ts'
import { DataTable, type Column } from '../../parts/DataTable.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { LinkButton } from '../../parts/links.tsx'
import { useNames } from '../../parts/names.ts'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { RowLink } from '../../parts/RowLink.tsx'
import { Time } from '../../parts/Time.tsx'
import { useDialog } from '../../parts/useDialog.tsx'
import { usePage } from '../../parts/usePage.ts'
import { PersonDialog } from './PersonDialog.tsx'

const peopleRoute = getRouteApi('/people')

type User = Schemas['User']

function columns(nameOf: (id: string) => string): Column<User>[] {
  return [
    {
      id: 'name',
      header: words.columns.name,
      cell: (each) => (
        <RowLink to="person" id={each.id}>
          {each.name}
        </RowLink>
      ),
    },
    { id: 'email', header: words.columns.email, cell: (each) => each.email ?? '–' },
    {
      id: 'households',
      header: words.columns.households,
      wide: true,
      cell: (each) => (
        <Group gap="xs">
          {each.households.map((id) => (
            <RowLink key={id} to="household" id={id}>
              {nameOf(id)}
            </RowLink>
          ))}
        </Group>
      ),
    },
    { id: 'made', header: words.columns.made, wide: true, cell: (each) => <Time at={each.createdAt} /> },
  ]
}

export function People() {
  const { cursor } = peopleRoute.useSearch()
  const navigate = peopleRoute.useNavigate()
  const isOperator = hasRole(usePrincipal(), 'operator')
  const dialog = useDialog<'add'>()
  const list = usePage(['people', cursor], async () =>
    answer(await api.GET('/api/v1/users', { params: { query: { ...(cursor && { cursor }) } } })),
  )
  useLiveRefresh({ types: ['user.*'] }, ['people'])
  const nameOf = useNames(list.page?.items.flatMap(({ households }) => households) ?? [])
  return (
    <>
      <PageHeader title={words.title} text={words.text}>
        <LinkButton variant="default" to="/user-groups">
          {userGroups.title}
        </LinkButton>
        {isOperator && (
          <>
            <LinkButton variant="default" to="/duplicates">
              {merging.duplicates.title}
            </LinkButton>
            <Button onClick={() => dialog.open('add')}>{words.add}</Button>
          </>
        )}
      </PageHeader>
      <DataTable
        label={words.label}
        columns={columns(nameOf)}
        {...list}
        rowId={(each) => each.id}
        cursor={cursor}
        onPage={(next) => void navigate({ search: { cursor: next ?? undefined } })}
        empty={<Empty title={words.empty} text={words.emptyText} />}
      />
      {dialog.when('add', () => (
        <PersonDialog onClose={dialog.close} />
      ))}
    </>
  )
}
