import { Button, Stack } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { getRouteApi, Link } from '@tanstack/react-router'
import { operations as words } from '#words/operations.ts'
import { api } from '../../api/client.ts'
import { useLiveRefresh } from '../../api/live.ts'
import { hasRole, usePrincipal } from '../../api/session.ts'
import { DataTable, type Column } from '../../parts/DataTable.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { ListChoice } from '../../parts/ListChoice.tsx'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { Progress } from '../../parts/Progress.tsx'
import { RowLink } from '../../parts/RowLink.tsx'
import { StateBadge } from '../../parts/StateBadge.tsx'
import { Time } from '../../parts/Time.tsx'
import { usePage } from '../../parts/usePage.ts'

const operationsRoute = getRouteApi('/operations')

type Operation = Schemas['DeviceOperation']

/** What an operation does, in words. */
export function operationTitle({ operation }: Operation): string {
  const { kind } = operation as { kind: keyof typeof words.kinds }
  return words.kinds[kind] ?? kind
}

export function OperationProgress({ operation }: { operation: Operation }) {
  const { done, skipped, failed, planned } = operation
  const over = done + skipped + failed
  return <Progress done={over} total={planned} words={words.of(over, planned)} />
}

const columns: readonly Column<Operation>[] = [
  {
    id: 'what',
    header: words.columns.what,
    cell: (each) => (
      <RowLink to="operation" id={each.id}>
        {operationTitle(each)}
      </RowLink>
    ),
  },
  {
    id: 'state',
    header: words.columns.state,
    cell: (each) => <StateBadge state={each.state} label={words.states[each.state]} />,
  },
  { id: 'progress', header: words.columns.progress, cell: (each) => <OperationProgress operation={each} /> },
  { id: 'started', header: words.columns.started, wide: true, cell: (each) => <Time at={each.createdAt} /> },
]

/** Operations, the newest first. */
export function Operations() {
  const { state, cursor } = operationsRoute.useSearch()
  const navigate = operationsRoute.useNavigate()
  const isOperator = hasRole(usePrincipal(), 'operator')
  const query = { ...(state && { state }), ...(cursor && { cursor }) }
  const list = usePage(['operations', query], async () =>
    answer(await api.GET('/api/v1/device-operations', { params: { query } })),
  )
  useLiveRefresh({ types: ['device-operation.*'] }, ['operations'])
  return (
    <>
      <PageHeader title={words.title} text={words.text}>
        {isOperator && (
          <Button component={Link} to="/operations/new">
            {words.add}
          </Button>
        )}
      </PageHeader>
      <Stack gap="sm">
        <ListChoice
          label={words.columns.state}
          value={state}
          choices={Object.entries(words.states)}
          onChange={(next) => void navigate({ search: { state: next as typeof state } })}
        />
        <DataTable
          label={words.label}
          columns={columns}
          {...list}
          rowId={(each) => each.id}
          cursor={cursor}
          onPage={(next) => void navigate({ search: (now) => ({ ...now, cursor: next ?? undefined }) })}
          empty={<Empty title={words.empty} text={words.emptyText} />}
        />
      </Stack>
    </>
  )
}
