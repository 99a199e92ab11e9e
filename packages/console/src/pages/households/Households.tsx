import { Button, Group } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { getRouteApi } from '@tanstack/react-router'
import { households as words } from '#words/households.ts'
import { merging } from '#words/personal.ts'
import { api } from '../../api/client.ts'
import { useLiveRefresh } from '../../api/live.ts'
import { hasRole, usePrincipal } from '../../api/session.ts'
import { DataTable, type Column } from '../../parts/DataTable.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { LinkButton } from '../../parts/links.tsx'
import { ListChoice } from '../../parts/ListChoice.tsx'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { RowLink } from '../../parts/RowLink.tsx'
import { Time } from '../../parts/Time.tsx'
import { useDialog } from '../../parts/useDialog.tsx'
import { usePage } from '../../parts/usePage.ts'
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
  { id: 'kind', header: words.columns.kind, cell: (each) => words.kinds[each.kind] },
  { id: 'zone', header: words.columns.timeZone, wide: true, cell: (each) => each.timeZone },
  { id: 'made', header: words.columns.made, wide: true, cell: (each) => <Time at={each.createdAt} /> },
]

export function Households() {
  const { cursor, kind } = householdsRoute.useSearch()
  const navigate = householdsRoute.useNavigate()
  const isOperator = hasRole(usePrincipal(), 'operator')
  const dialog = useDialog<'add'>()
  const query = { ...(cursor && { cursor }), ...(kind && { kind }) }
  const list = usePage(['households', query], async () =>
    answer(await api.GET('/api/v1/households', { params: { query } })),
  )
  useLiveRefresh({ types: ['household.*'] }, ['households'])
  return (
    <>
      <PageHeader title={words.title} text={words.text}>
        {isOperator && (
          <>
            <LinkButton variant="default" to="/duplicates" search={{ of: 'households' }}>
              {merging.duplicates.title}
            </LinkButton>
            <Button onClick={() => dialog.open('add')}>{words.add}</Button>
          </>
        )}
      </PageHeader>
      <Group mb="sm">
        <ListChoice
          label={words.filter}
          value={kind}
          choices={Object.entries(words.kinds)}
          onChange={(chosen) => void navigate({ search: { kind: chosen as typeof kind } })}
        />
      </Group>
      <DataTable
        label={words.label}
        columns={columns}
        {...list}
        rowId={(each) => each.id}
        cursor={cursor}
        onPage={(next) => void navigate({ search: { kind, cursor: next ?? undefined } })}
        empty={<Empty title={words.empty} text={words.emptyText} />}
      />
      {dialog.when('add', () => (
        <HouseholdDialog onClose={dialog.close} />
      ))}
    </>
  )
}
