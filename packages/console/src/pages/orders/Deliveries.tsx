import { Group, Stack } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { deliveries as words, orders } from '#words/orders.ts'
import { ListChoice } from '../../parts/ListChoice.tsx'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { DeliveryTable } from '../../parts/DeliveryTable.tsx'
import { deliveryStates } from './states.ts'
import { sinceOf } from './since.ts'

const deliveriesRoute = getRouteApi('/deliveries')

/** Deliveries of all devices, the newest first. */
export function Deliveries() {
  const search = deliveriesRoute.useSearch()
  const navigate = deliveriesRoute.useNavigate()
  const since = sinceOf(search.made)
  const change = (changes: Partial<typeof search>): void => {
    void navigate({ search: (before) => ({ ...before, cursor: undefined, ...changes }) })
  }
  return (
    <>
      <PageHeader title={words.title} text={words.text} />
      <Stack gap="sm">
        <Group align="flex-end">
          <ListChoice
            label={orders.filter.open}
            value={search.stage}
            choices={[
              ['open', orders.filter.openOnly],
              ['over', orders.filter.over],
            ]}
            onChange={(stage) => change({ stage: stage as typeof search.stage, state: undefined })}
          />
          <ListChoice
            label={orders.filter.state}
            value={search.state}
            choices={deliveryStates.map((state) => [state, words.states[state]])}
            onChange={(state) => change({ state: state as typeof search.state })}
          />
          <ListChoice
            label={orders.filter.since}
            value={search.made}
            choices={Object.entries(orders.since)}
            onChange={(made) => change({ made: made as typeof search.made })}
          />
        </Group>
        <DeliveryTable
          label={words.title}
          empty={words.empty}
          emptyText={words.emptyText}
          of={{
            ...(search.state && { state: search.state }),
            ...(search.stage && { open: search.stage === 'open' ? 'true' : 'false' }),
            ...(search.service && { service: search.service }),
            ...(search.household && { household: search.household }),
            ...(since && { since }),
          }}
          cursor={search.cursor}
          onPage={(cursor) => change({ cursor: cursor ?? undefined })}
        />
      </Stack>
    </>
  )
}
