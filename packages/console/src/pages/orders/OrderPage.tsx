import { Alert, Button, Grid, Skeleton, Stack, Text, Title } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { order as words, orders } from '#words/orders.ts'
import { api } from '../../api/client.ts'
import { useLiveRefresh } from '../../api/live.ts'
import { hasRole, usePrincipal } from '../../api/session.ts'
import { CopyText } from '../../parts/CopyText.tsx'
import { DataTable } from '../../parts/DataTable.tsx'
import { Explanation } from '../../parts/Explanation.tsx'
import { Facts } from '../../parts/Facts.tsx'
import { Fault } from '../../parts/Fault.tsx'
import { useNames } from '../../parts/names.ts'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { RowLink } from '../../parts/RowLink.tsx'
import { StateBadge } from '../../parts/StateBadge.tsx'
import { ExactTime, Time } from '../../parts/Time.tsx'
import { useDialog } from '../../parts/useDialog.tsx'
import { CancelDialog } from './CancelDialog.tsx'
import { deliveryColumns } from '../../parts/DeliveryTable.tsx'
import { OrderItems } from './OrderItems.tsx'
import { orderTitle, originWords } from './words.ts'

const orderRoute = getRouteApi('/orders/$id')

export type Order = Schemas['OrderWithDeliveries']

const overStates: ReadonlySet<Order['state']> = new Set(['completed', 'partial', 'failed', 'cancelled', 'rejected'])

export function OrderPage() {
  const { id } = orderRoute.useParams()
  const principal = usePrincipal()
  const {
    data: order,
    error,
    refetch,
  } = useQuery({
    queryKey: ['order', id, 'itself'],
    queryFn: async () => answer(await api.GET('/api/v1/orders/{id}', { params: { path: { id } } })),
  })
  useLiveRefresh({ types: ['order.*'], subject: id }, ['order', id])
  useLiveRefresh({ types: ['delivery.*'], household: order?.household }, ['order', id])
  const nameOf = useNames([order?.household, ...(order?.deliveries.map(({ device }) => device) ?? [])])
  const dialog = useDialog<'cancel'>()
  if (error) return <Fault error={error} retry={() => void refetch()} />
  if (order === undefined) return <Skeleton height={260} />
  const mayChange = hasRole(principal, 'operator', 'sponsor', 'subscriber')
  return (
    <>
      <PageHeader
        title={orderTitle(order)}
        above={[{ to: '/orders', label: words.above }]}
        beside={
          <>
            <StateBadge state={order.state} label={orders.states[order.state]} />
            {order.jeopardy && (
              <StateBadge state={order.jeopardy.level} label={orders.jeopardy[order.jeopardy.level]} />
            )}
          </>
        }
        text={order.detail === '' ? undefined : order.detail}
      >
        {mayChange && !overStates.has(order.state) && (
          <Button variant="default" onClick={() => dialog.open('cancel')}>
            {words.cancel}
          </Button>
        )}
      </PageHeader>
      {order.jeopardy && !overStates.has(order.state) && (
        <Alert color="orange" mb="md">
          {order.jeopardy.message}
        </Alert>
      )}
      <Grid gap="xl">
        <Grid.Col span={{ base: 12, md: 8 }}>
          <Stack gap="xl">
            <OrderItems order={order} mayRetry={mayChange} />
            <section>
              <Title order={2} mb="xs">
                {words.deliveries.title}
              </Title>
              <DataTable
                label={words.deliveries.title}
                columns={deliveryColumns(nameOf)}
                page={{ items: order.deliveries, next: null }}
                rowId={(each) => each.id}
                empty={<Text c="dimmed">{words.deliveries.none}</Text>}
              />
            </section>
            <Why id={id} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <Stack gap="xl">
            <OrderFacts order={order} nameOf={nameOf} />
            <section>
              <Title order={2} mb="xs">
                {words.milestones.title}
              </Title>
              {order.milestones.length === 0 && <Text c="dimmed">{words.milestones.none}</Text>}
              {order.milestones.map(({ name, at }) => (
                <Text key={name} size="sm">
                  {words.milestones.names[name] ?? name}: <ExactTime at={at} />
                </Text>
              ))}
            </section>
          </Stack>
        </Grid.Col>
      </Grid>
      {dialog.when('cancel', () => (
        <CancelDialog order={order} onClose={dialog.close} />
      ))}
    </>
  )
}

function OrderFacts({ order, nameOf }: { order: Order; nameOf: (id: string) => string }) {
  return (
    <Facts
      facts={[
        [words.facts.id, <CopyText key="id" text={order.id} />],
        [
          words.facts.household,
          <RowLink key="household" to="household" id={order.household}>
            {nameOf(order.household)}
          </RowLink>,
        ],
        [words.facts.by, originWords(order)],
        [words.facts.reference, order.reference],
        [words.facts.priority, words.facts.priorityOf(order.priority)],
        [words.facts.made, <Time key="made" at={order.createdAt} />],
        [words.facts.start, order.requestedStart && <Time key="start" at={order.requestedStart} />],
        [words.facts.completion, order.requestedCompletion && <Time key="by" at={order.requestedCompletion} />],
        [words.facts.expected, order.expectedCompletion && <Time key="expected" at={order.expectedCompletion} />],
        [words.facts.settled, order.settledAt && <Time key="settled" at={order.settledAt} />],
        [words.facts.together, order.allOrNothing ? words.facts.togetherYes : words.facts.togetherNo],
        [words.facts.decision, <CopyText key="decision" text={order.decision} />],
      ]}
    />
  )
}

function Why({ id }: { id: string }) {
  const { data, error } = useQuery({
    queryKey: ['order', id, 'why'],
    queryFn: async () => answer(await api.GET('/api/v1/explanations/orders/{id}', { params: { path: { id } } })),
  })
  return (
    <section>
      <Title order={2} mb="xs">
        {words.why}
      </Title>
      <Fault error={error} />
      {data === undefined ? error === null && <Skeleton height={80} /> : <Explanation of={data} />}
    </section>
  )
}
