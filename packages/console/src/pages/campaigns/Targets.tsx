import { Stack, Text, Title } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { campaign } from '#words/campaigns.ts'
import { api } from '../../api/client.ts'
import { DataTable, type Column } from '../../parts/DataTable.tsx'
import { ListChoice } from '../../parts/ListChoice.tsx'
import { useNames } from '../../parts/names.ts'
import { RowLink } from '../../parts/RowLink.tsx'
import { StateBadge } from '../../parts/StateBadge.tsx'
import { targetStates } from './states.ts'

const campaignRoute = getRouteApi('/campaigns/$id')

const words = campaign.targets
type Target = Schemas['CampaignTarget']

function columns(nameOf: (id: string) => string): Column<Target>[] {
  return [
    {
      id: 'device',
      header: words.device,
      cell: (each) => (
        <RowLink to="device" id={each.device}>
          {nameOf(each.device)}
        </RowLink>
      ),
    },
    { id: 'state', header: words.state, cell: (each) => <StateBadge state={each.state} /> },
    { id: 'wave', header: words.wave, numeric: true, cell: (each) => (each.wave === 0 ? '–' : each.wave) },
    { id: 'reason', header: words.reason, wide: true, cell: (each) => <Text size="sm">{each.reason || '–'}</Text> },
    {
      id: 'order',
      header: words.order,
      wide: true,
      cell: ({ backOrder, order }) => {
        const id = backOrder ?? order
        return id === null ? (
          '–'
        ) : (
          <RowLink to="order" id={id}>
            {id}
          </RowLink>
        )
      },
    },
  ]
}

/** The devices of a campaign, with what became of each. */
export function Targets({ id }: { id: string }) {
  const { targets: state, cursor } = campaignRoute.useSearch()
  const navigate = campaignRoute.useNavigate()
  const query = { ...(state && { state }), ...(cursor && { cursor }) }
  const page = useQuery({
    queryKey: ['campaign', id, 'targets', query],
    queryFn: async () => answer(await api.GET('/api/v1/campaigns/{id}/targets', { params: { path: { id }, query } })),
    placeholderData: keepPreviousData,
  })
  const nameOf = useNames(page.data?.items.map(({ device }) => device) ?? [])
  return (
    <section>
      <Stack gap="xs">
        <Title order={2}>{words.title}</Title>
        <ListChoice
          label={words.filter}
          value={state}
          choices={targetStates.map((each) => [each, each])}
          onChange={(next) => void navigate({ search: { targets: next as typeof state } })}
        />
        <DataTable
          label={words.title}
          columns={columns(nameOf)}
          page={page.data}
          error={page.error}
          rowId={(each) => each.device}
          cursor={cursor}
          onPage={(next) => void navigate({ search: (now) => ({ ...now, cursor: next ?? undefined }) })}
          empty={<Text c="dimmed">{words.none}</Text>}
        />
      </Stack>
    </section>
  )
}
