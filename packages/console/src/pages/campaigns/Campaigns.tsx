import { Button, Stack } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { getRouteApi, Link } from '@tanstack/react-router'
import { campaigns as words } from '#words/campaigns.ts'
import { api } from '../../api/client.ts'
import { useLiveRefresh } from '../../api/live.ts'
import { hasRole, usePrincipal } from '../../api/session.ts'
import { DataTable, type Column } from '../../parts/DataTable.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { ListChoice } from '../../parts/ListChoice.tsx'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { RowLink } from '../../parts/RowLink.tsx'
import { StateBadge } from '../../parts/StateBadge.tsx'
import { Time } from '../../parts/Time.tsx'
import { usePage } from '../../parts/usePage.ts'
import { campaignStates } from './states.ts'

const campaignsRoute = getRouteApi('/campaigns')

type Campaign = Schemas['Campaign']

/** “Change tv-guide 2.0.0” */
export function campaignOrder({ action, service, version }: Campaign): string {
  const verb = words.actions[action as keyof typeof words.actions] ?? action
  return `${verb} ${service}${version === null ? '' : ` ${version}`}`
}

const columns: readonly Column<Campaign>[] = [
  {
    id: 'name',
    header: words.columns.name,
    cell: (each) => (
      <RowLink to="campaign" id={each.id}>
        {each.name}
      </RowLink>
    ),
  },
  {
    id: 'state',
    header: words.columns.state,
    cell: (each) => <StateBadge state={each.state} label={words.states[each.state]} />,
  },
  { id: 'what', header: words.columns.what, cell: campaignOrder },
  { id: 'wave', header: words.columns.wave, wide: true, cell: (each) => words.waveOf(each.currentWave) },
  { id: 'made', header: words.columns.made, wide: true, cell: (each) => <Time at={each.createdAt} /> },
]

/** Campaigns, the newest first. */
export function Campaigns() {
  const { state, cursor } = campaignsRoute.useSearch()
  const navigate = campaignsRoute.useNavigate()
  const isOperator = hasRole(usePrincipal(), 'operator')
  const query = { sort: 'newest' as const, ...(state && { state }), ...(cursor && { cursor }) }
  const list = usePage(['campaigns', query], async () =>
    answer(await api.GET('/api/v1/campaigns', { params: { query } })),
  )
  useLiveRefresh({ types: ['campaign.*'] }, ['campaigns'])
  return (
    <>
      <PageHeader title={words.title} text={words.text}>
        {isOperator && (
          <Button component={Link} to="/campaigns/new">
            {words.add}
          </Button>
        )}
      </PageHeader>
      <Stack gap="sm">
        <ListChoice
          label={words.state}
          value={state}
          choices={campaignStates.map((each) => [each, words.states[each]])}
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
