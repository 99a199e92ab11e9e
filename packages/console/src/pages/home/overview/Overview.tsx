import { Grid, Group, SegmentedControl, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { overview as words } from '#words/overview.ts'
import { useLiveRefresh } from '../../../api/live.ts'
import { Fault } from '../../../parts/Fault.tsx'
import { PageHeader } from '../../../parts/PageHeader.tsx'
import { Time } from '../../../parts/Time.tsx'
import { Attention } from './Attention.tsx'
import { DeviceBreakdown } from './DeviceBreakdown.tsx'
import { Figures } from './Figures.tsx'
import { OutcomesChart } from './OutcomesChart.tsx'
import { PresenceChart } from './PresenceChart.tsx'
import { fleetTally, outcomes, workTally } from './queries.ts'
import { VersionTable } from './VersionTable.tsx'

const homeRoute = getRouteApi('/')

/** How the installation stands, and what needs a person. */
export function Overview() {
  const { span = 'day' } = homeRoute.useSearch()
  const navigate = homeRoute.useNavigate()
  const fleet = useQuery(fleetTally)
  const work = useQuery(workTally)
  const lately = useQuery(outcomes('day'))
  useLiveRefresh({ types: ['device.*', 'enrolment.*'] }, fleetTally.queryKey, ['overview', 'waiting'])
  useLiveRefresh(
    { types: ['order.*', 'delivery.*', 'campaign.*', 'approval.*', 'subscription.*'] },
    workTally.queryKey,
    ['overview', 'outcomes'],
    ['overview', 'waiting'],
  )
  return (
    <>
      <PageHeader
        title={words.title}
        text={
          <span>
            {words.counted} {fleet.data ? <Time at={fleet.data.countedAt} /> : '…'}
          </span>
        }
      />
      <Stack gap="xl">
        <Fault error={fleet.error ?? work.error} />
        <Figures fleet={fleet.data} work={work.data} lately={lately.data} />
        <Attention fleet={fleet.data} work={work.data} lately={lately.data} />
        <Group justify="flex-end" mb={-24}>
          <SegmentedControl
            size="xs"
            aria-label={words.span.label}
            value={span}
            onChange={(next) => void navigate({ search: { span: next as 'day' | 'month' } })}
            data={[
              { value: 'day', label: words.span.day },
              { value: 'month', label: words.span.month },
            ]}
          />
        </Group>
        <Grid gap="xl">
          <Grid.Col span={{ base: 12, lg: 6 }}>
            <PresenceChart span={span} fleet={fleet.data} />
          </Grid.Col>
          <Grid.Col span={{ base: 12, lg: 6 }}>
            <OutcomesChart span={span} />
          </Grid.Col>
          <Grid.Col span={{ base: 12, lg: 6 }}>
            <DeviceBreakdown fleet={fleet.data} />
          </Grid.Col>
          <Grid.Col span={{ base: 12, lg: 6 }}>
            <VersionTable work={work.data} />
          </Grid.Col>
        </Grid>
      </Stack>
    </>
  )
}
