import { Button, Group, Stack, Text } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { getRouteApi } from '@tanstack/react-router'
import { orders as words } from '#words/orders.ts'
import { api } from '../../api/client.ts'
import { useLiveRefresh } from '../../api/live.ts'
import { DataTable, type Column } from '../../parts/DataTable.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { ListChoice } from '../../parts/ListChoice.tsx'
import { useNames } from '../../parts/names.ts'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { RowLink } from '../../parts/RowLink.tsx'
import { StateBadge } from '../../parts/StateBadge.tsx'
import { Time } from '../../parts/Time.tsx'
import { usePage } from '../../parts/usePage.ts'
import { orderStates } from './states.ts'
import { sinceOf } from './since.ts'
import { orderTitle, originWords } from './words.ts'

const ordersRoute = getRouteApi('/orders')

type Order = Schemas['Order']

function columns(nameOf: (id: string) => string): Column<Order>[] {
  return [
    {
      id: 'what',
      header: words.columns.what,
      cell: (each) => (
        <RowLink to="order" id={each.id}>
          {orderTitle(each)}
        </RowLink>
      ),
    },
    {
      id: 'household',
      header: words.columns.household,
      wide: true,
      cell: (each) => (
        <RowLink to="household" id={each.household}>
          {nameOf(each.household)}
        </RowLink>
      ),
    },
    { id: 'state', header: words.columns.state, cell: (each) => <StateBadge state={each.state} /> },
    {
      id: 'jeopardy',
      header: words.columns.jeopardy,
      wide: true,
      cell: ({ jeopardy }) => jeopardy && <StateBadge state={jeopardy.level} label={words.jeopardy[jeopardy.level]} />,
    },
    {
      id: 'origin',
      header: words.columns.origin,
      wide: true,
      cell: (each) => <Text size="sm">{originWords(each)}</Text>,
    },
    { id: 'made', header: words.columns.made, cell: (each) => <Time at={each.createdAt} /> },
    {
      id: 'settled',
      header: words.columns.settled,
      wide: true,
      cell: ({ settledAt }) => (settledAt === null ? '–' : <Time at={settledAt} />),
    },
  ]
}

/** Orders, the newest first. */
export function Orders() {
  const search = ordersRoute.useSearch()
  const navigate = ordersRoute.useNavigate()
  const since = sinceOf(search.made)
  const query = {
    sort: 'newest' as const,
    ...(search.cursor && { cursor: search.cursor }),
    ...(search.state && { state: search.state }),
    ...(search.stage && { open: search.stage === 'open' ? ('true' as const) : ('false' as const) }),
    ...(since && { since }),
    ...(search.jeopardy && { jeopardy: search.jeopardy }),
    ...(search.origin && { originKind: search.origin }),
    ...(search.household && { household: search.household }),
    ...(search.service && { service: search.service }),
    ...(search.device && { device: search.device }),
  }
  const list = usePage(['orders', query], async () => answer(await api.GET('/api/v1/orders', { params: { query } })))
  useLiveRefresh({ types: ['order.*'] }, ['orders'])
  const nameOf = useNames(list.page?.items.map(({ household }) => household) ?? [])
  const change = (changes: Partial<typeof search>): void => {
    void navigate({ search: (before) => ({ ...before, cursor: undefined, ...changes }) })
  }
  const isFiltered = Object.keys(query).length > 1
  return (
    <>
      <PageHeader title={words.title} text={words.text}>
        <Button variant="default" component="a" href="/api/v1/exports/orders?format=csv" download="orders.csv">
          {words.export}
        </Button>
      </PageHeader>
      <Stack gap="sm">
        <Group align="flex-end">
          <ListChoice
            label={words.filter.open}
            value={search.stage}
            choices={[
              ['open', words.filter.openOnly],
              ['over', words.filter.over],
            ]}
            onChange={(stage) => change({ stage: stage as typeof search.stage, state: undefined })}
          />
          <ListChoice
            label={words.filter.state}
            value={search.state}
            choices={orderStates.map((state) => [state, words.states[state]])}
            onChange={(state) => change({ state: state as typeof search.state })}
          />
          <ListChoice
            label={words.filter.origin}
            value={search.origin}
            choices={(['person', 'system', 'policy', 'campaign'] as const).map((kind) => [kind, words.origins[kind]])}
            onChange={(origin) => change({ origin: origin as typeof search.origin })}
          />
          <ListChoice
            label={words.filter.jeopardy}
            value={search.jeopardy}
            choices={(['amber', 'red'] as const).map((level) => [level, words.jeopardy[level]])}
            onChange={(jeopardy) => change({ jeopardy: jeopardy as typeof search.jeopardy })}
          />
          <ListChoice
            label={words.filter.since}
            value={search.made}
            choices={Object.entries(words.since)}
            onChange={(made) => change({ made: made as typeof search.made })}
          />
          {isFiltered && (
            <Button size="xs" variant="subtle" onClick={() => void navigate({ search: {} })}>
              {words.clear}
            </Button>
          )}
        </Group>
        <DataTable
          label={words.label}
          columns={columns(nameOf)}
          {...list}
          rowId={(each) => each.id}
          cursor={search.cursor}
          onPage={(cursor) => change({ cursor: cursor ?? undefined })}
          empty={<Empty title={words.empty} text={isFiltered ? words.emptyFilter : words.emptyText} />}
        />
      </Stack>
    </>
  )
}
