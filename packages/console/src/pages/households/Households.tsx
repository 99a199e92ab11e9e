import { Button } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { households as words } from '#words/households.ts'
import { api } from '../../api/client.ts'
import { useLiveRefresh } from '../../api/live.ts'
import { hasRole, usePrincipal } from '../../api/session.ts'
import { DataTable, type Column } from '../../parts/DataTable.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { RowLink } from '../../parts/RowLink.tsx'
import { Time } from '../../parts/Time.tsx'
import { useDialog } from '../../parts/useDialog.tsx'
import { HouseholdDialog } from './HouseholdDialog.tsx'

const householdsRoute = getRouteApi('/households')

type Household = Schemas['Household']

const columns: readonly Column<Household>[] = [
  {
    id: 'name',
    header: words.columns.name,
    cell: (each) => (
      <RowLink to="household" id={each.id}>
        {each.name}
      </RowLink>
    ),
  },
  { id: 'zone', header: words.columns.timeZone, cell: (each) => each.timeZone },
  { id: 'made', header: words.columns.made, wide: true, cell: (each) => <Time at={each.createdAt} /> },
]

export function Households() {
  const { cursor } = householdsRoute.useSearch()
  const navigate = householdsRoute.useNavigate()
  const isOperator = hasRole(usePrincipal(), 'operator')
  const dialog = useDialog<'add'>()
  const page = useQuery({
    queryKey: ['households', cursor],
    queryFn: async () =>
      answer(await api.GET('/api/v1/households', { params: { query: { ...(cursor && { cursor }) } } })),
    placeholderData: keepPreviousData,
  })
  useLiveRefresh({ types: ['household.*'] }, ['households'])
  const add = isOperator && <Button onClick={() => dialog.open('add')}>{words.add}</Button>
  return (
    <>
      <PageHeader title={words.title} text={words.text}>
        {add}
      </PageHeader>
      <DataTable
        label={words.label}
        columns={columns}
        page={page.data}
        error={page.error}
        retry={() => void page.refetch()}
        rowId={(each) => each.id}
        cursor={cursor}
        onPage={(next) => void navigate({ search: { cursor: next ?? undefined } })}
        empty={<Empty title={words.empty} text={words.emptyText} />}
      />
      {dialog.when('add', () => (
        <HouseholdDialog onClose={dialog.close} />
      ))}
    </>
  )
}
