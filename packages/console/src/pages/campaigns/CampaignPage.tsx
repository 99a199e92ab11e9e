import { Alert, Code, Grid, Skeleton, Stack, Text, Title } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { campaign as words, campaigns } from '#words/campaigns.ts'
import { api } from '../../api/client.ts'
import { useLiveRefresh } from '../../api/live.ts'
import { CopyText } from '../../parts/CopyText.tsx'
import { Facts } from '../../parts/Facts.tsx'
import { Fault } from '../../parts/Fault.tsx'
import { useNames } from '../../parts/names.ts'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { RowLink } from '../../parts/RowLink.tsx'
import { StateBadge } from '../../parts/StateBadge.tsx'
import { ExactTime, Time } from '../../parts/Time.tsx'
import { CampaignActions } from './CampaignActions.tsx'
import { campaignOrder } from './Campaigns.tsx'
import { Preview } from './Preview.tsx'
import { Targets } from './Targets.tsx'
import { Waves } from './Waves.tsx'

const campaignRoute = getRouteApi('/campaigns/$id')

type Campaign = Schemas['CampaignWithWaves']

export function CampaignPage() {
  const { id } = campaignRoute.useParams()
  const {
    data: campaign,
    error,
    refetch,
  } = useQuery({
    queryKey: ['campaign', id, 'itself'],
    queryFn: async () => answer(await api.GET('/api/v1/campaigns/{id}', { params: { path: { id } } })),
  })
  useLiveRefresh({ types: ['campaign.*'], subject: id }, ['campaign', id])
  // Its orders tell how far its waves are.
  useLiveRefresh({ types: ['order.completed', 'order.failed', 'order.partial', 'order.cancelled'] }, ['campaign', id])
  const nameOf = useNames([campaign?.createdBy, campaign?.startedBy])
  if (error) return <Fault error={error} retry={() => void refetch()} />
  if (campaign === undefined) return <Skeleton height={260} />
  return (
    <>
      <PageHeader
        title={campaign.name}
        above={[{ to: '/campaigns', label: words.above }]}
        beside={<StateBadge state={campaign.state} label={campaigns.states[campaign.state]} />}
        text={campaignOrder(campaign)}
      >
        <CampaignActions campaign={campaign} />
      </PageHeader>
      {campaign.why !== '' && (
        <Alert mb="md" color={['paused', 'failed', 'aborted'].includes(campaign.state) ? 'orange' : 'petrol'}>
          {campaign.why} (<Time at={campaign.since} />)
        </Alert>
      )}
      <Grid gap="xl">
        <Grid.Col span={{ base: 12, lg: 8 }}>
          <Stack gap="xl">
            <Waves campaign={campaign} />
            <Preview campaign={campaign} />
            <Targets id={id} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <Stack gap="xl">
            <Written campaign={campaign} nameOf={nameOf} />
            <section>
              <Title order={2} mb="xs">
                {words.history.title}
              </Title>
              {campaign.acts.length === 0 && <Text c="dimmed">{words.history.none}</Text>}
              {campaign.acts.map(({ act, at, name, reason }) => (
                <Text key={`${act} ${at}`} size="sm">
                  <ExactTime at={at} />: {act}, {words.document.by(name)}
                  {reason !== '' && ` (${reason})`}
                </Text>
              ))}
            </section>
          </Stack>
        </Grid.Col>
      </Grid>
    </>
  )
}

/** What was asked for, as far as it is not in the waves. */
function Written({ campaign, nameOf }: { campaign: Campaign; nameOf: (id: string) => string }) {
  const { selection, rate } = campaign.document as Pick<Schemas['CampaignRequest'], 'selection' | 'rate'>
  return (
    <Facts
      facts={[
        [words.document.id, <CopyText key="id" text={campaign.id} />],
        [words.document.order, campaignOrder(campaign)],
        [words.document.selection, <Selected key="selection" selection={selection} />],
        [words.document.rate, rate && words.document.perMinute(rate.perMinute)],
        [
          words.document.made,
          <span key="made">
            <Time at={campaign.createdAt} /> {words.document.by(nameOf(campaign.createdBy))}
          </span>,
        ],
        [
          words.document.started,
          campaign.startedAt !== null && (
            <span key="started">
              <Time at={campaign.startedAt} /> {campaign.startedBy && words.document.by(nameOf(campaign.startedBy))}
            </span>
          ),
        ],
      ]}
    />
  )
}

function Selected({ selection }: { selection: Schemas['DeviceSelection'] }) {
  if (selection.filter !== undefined) return <Code style={{ overflowWrap: 'anywhere' }}>{selection.filter}</Code>
  if (selection.group !== undefined)
    return (
      <RowLink to="group" id={selection.group}>
        {selection.group}
      </RowLink>
    )
  return words.document.devices(selection.devices?.length ?? 0)
}
