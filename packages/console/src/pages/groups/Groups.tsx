import { Button, Code } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { getRouteApi } from '@tanstack/react-router'
import { groups as words } from '#words/groups.ts'
import { api } from '../../api/client.ts'
import { useLiveRefresh } from '../../api/live.ts'
import { hasRole, usePrincipal } from '../../api/session.ts'
import { DataTable, type Column } from '../../parts/DataTable.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { RowLink } from '../../parts/RowLink.tsx'
import { Time } from '../../parts/Time.tsx'
import { useDialog } from '../../parts/useDialog.tsx'
import { usePage } from '../../parts/usePage.ts'
import { GroupDialog } from './GroupDialog.tsx'

const groupsRoute = getRouteApi('/groups')

const columns: readonly Column<Schemas['DeviceGroup']>[] = [
  {
    id: 'name',
    header: words.columns.name,
    cell: (each) => (
      <RowLink to="group" id={each.id}>
        {each.name}
      </RowLink>
    ),
  },
  { id: 'kind', header: words.columns.kind, cell: (each) => words.kinds[each.kind] },
  {
    id: 'filter',
    header: words.columns.filter,
    wide: true,
    cell: ({ filter }) => (filter === null ? '–' : <Code>{filter}</Code>),
  },
  { id: 'made', header: words.columns.made, wide: true, cell: (each) => <Time at={each.createdAt} /> },
]

export function Groups() {
  const { cursor } = groupsRoute.useSearch()
  const navigate = groupsRoute.useNavigate()
  const isOperator = hasRole(usePrincipal(), 'operator')
  const dialog = useDialog<'add'>()
  const list = usePage(['groups', cursor], async () =>
    answer(await api.GET('/api/v1/groups', { params: { query: { ...(cursor && { cursor }) } } })),
  )
  useLiveRefresh({ types: ['group.*'] }, ['groups'])
  return (
    <>
      <PageHeader title={words.title} text={words.text}>
        {isOperator && <Button onClick={() => dialog.open('add')}>{words.add}</Button>}
      </PageHeader>
      <DataTable
        label={words.label}
        columns={columns}
        {...list}
        rowId={(each) => each.id}
        cursor={cursor}
        onPage={(next) => void navigate({ search: { cursor: next ?? undefined } })}
        empty={<Empty title={words.empty} text={words.emptyText} />}
      />
      {dialog.when('add', () => (
        <GroupDialog onClose={dialog.close} />
      ))}
    </>
  )
}
