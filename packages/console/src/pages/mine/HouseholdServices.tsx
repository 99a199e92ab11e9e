import { Anchor, Divider, Paper, Skeleton, Stack, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Fragment } from 'react'
import { mine } from '#words/mine.ts'
import { useLiveRefresh } from '../../api/live.ts'
import { Empty } from '../../parts/Empty.tsx'
import { Fault } from '../../parts/Fault.tsx'
import { devicesOf, openDeliveriesOf, serviceTitles, subscriptionsOf } from './reads.ts'
import { SubscribedService } from './SubscribedService.tsx'

/** What the household is subscribed to, each with how it stands on its devices. */
export function HouseholdServices({ household }: { household: string }) {
  const subscriptions = useQuery(subscriptionsOf(household))
  const titles = useQuery(serviceTitles)
  const devices = useQuery(devicesOf(household))
  const deliveries = useQuery(openDeliveriesOf(household))
  useLiveRefresh(
    { types: ['subscription.*', 'delivery.*', 'order.*'], household },
    ['subscriptions', { household }],
    ['deliveries', { household, open: true }],
  )
  const live = subscriptions.data?.items.filter(({ state }) => state !== 'ended')
  return (
    <Paper component="section" aria-label={mine.services}>
      <Title order={2} mb="sm">
        {mine.services}
      </Title>
      <Fault error={subscriptions.error ?? deliveries.error} />
      {live === undefined && !subscriptions.error && <Skeleton height={60} />}
      {live?.length === 0 && (
        <Empty {...mine.noServices}>
          <Anchor component={Link} to="/catalogue">
            {mine.toCatalogue}
          </Anchor>
        </Empty>
      )}
      <Stack gap="sm">
        {live?.map((subscription, i) => (
          <Fragment key={subscription.id}>
            {i > 0 && <Divider />}
            <SubscribedService
              subscription={subscription}
              title={titles.data?.get(subscription.service) ?? subscription.service}
              deliveries={deliveries.data?.items.filter((each) => each.subscription === subscription.id) ?? []}
              nameOf={(device) => devices.data?.items.find(({ id }) => id === device)?.name ?? device}
            />
          </Fragment>
        ))}
      </Stack>
    </Paper>
  )
}
