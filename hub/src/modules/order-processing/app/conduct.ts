import type { OutsideSignal } from '../../../engine/index.ts'
import type { Tx } from '../../../platform/database.ts'
import { appendEvents } from '../../../platform/events.ts'
import type { Advanced } from '../domain/advance.ts'
import { led } from '../domain/led.ts'
import type { FollowedOrder, OrderItem } from '../domain/order.ts'
import { deliveryEvent, orderEvents } from './delivery-events.ts'
import type { OrderDependencies } from './dependencies.ts'
import { lifecycleSignal, wordTo } from './lifecycle-signals.ts'
import { restoreItems } from './restore-items.ts'
import type { FoundOrder, NewDelivery } from './storage.ts'

export type Conducting = Pick<OrderDependencies, 'storage' | 'engine' | 'clock' | 'doorbells'>

/** What is next for an order, and what its instance is told beside the end and the taking back. */
export interface Conduct extends Advanced {
  readonly tell?: readonly Pick<OutsideSignal, 'id' | 'type' | 'args'>[]
}

/**
 * Leads orders on, in the transaction that has locked them: `next` decides on each, and what it decides is written and sent. One after
 * the other they see what the one before has left, whoever leads them.
 * @param next null: nothing is to be done
 */
export async function conduct(
  deps: Conducting,
  tx: Tx,
  locked: readonly FoundOrder[],
  next: (found: FoundOrder) => Conduct | null,
): Promise<FollowedOrder[]> {
  const now = new Date(deps.clock.now())
  const steps = locked.flatMap((before) => {
    const advanced = next(before)
    return advanced === null ? [] : [{ before, advanced, after: led(before, advanced, now) }]
  })
  if (steps.length === 0) return []
  const restored = await restoreItems(
    deps,
    tx,
    steps.flatMap(({ after, advanced }) => advanced.restore.map((item) => ({ order: after.order, item }))),
  )
  await deps.storage.writeLed(
    tx,
    steps.map(({ after, advanced }) => ({ ...after, items: replaced(advanced.items, restored.items) })),
  )
  await dropItems(
    deps,
    tx,
    steps.flatMap(({ advanced }) => advanced.drop),
    now,
  )
  const all = steps.flatMap(({ advanced }) => advanced.items)
  await leaveNewHouseholds(deps, tx, all)
  await takeWishesBack(deps, tx, all)
  await deps.engine.send(tx, [
    ...(await begun(
      deps,
      tx,
      steps.flatMap(({ after, advanced }) => advanced.begin.map((item) => ({ item, tenant: after.order.tenant }))),
    )),
    ...restored.signals,
    ...steps.flatMap(({ advanced, after }) =>
      advanced.withdraw.map((item) => withdrawal(item, after.order.detail, now)),
    ),
    ...steps.flatMap(({ before, advanced, after }) => instanceSignals(before, advanced, after)),
  ])
  const followed = steps.map(({ after }) => after)
  await tellOrders(deps, tx, followed)
  return followed
}

/** The events of orders that have come further. The one place that appends them, but for new orders. */
export async function tellOrders(
  deps: Pick<Conducting, 'doorbells'>,
  tx: Tx,
  followed: readonly FollowedOrder[],
): Promise<void> {
  await appendEvents(tx, deps.doorbells, followed.flatMap(orderEvents))
}

function replaced(items: readonly OrderItem[], others: ReadonlyMap<string, OrderItem>): OrderItem[] {
  return items.map((item) => others.get(item.id) ?? item)
}

async function begun(
  deps: Conducting,
  tx: Tx,
  begin: readonly { item: OrderItem; tenant: string }[],
): Promise<OutsideSignal[]> {
  if (begin.length === 0) return []
  const all = await deps.storage.deliveriesOfItems(
    tx,
    begin.map(({ item }) => item.id),
  )
  // One that waits again was dropped before, with its deliveries of then.
  const deliveries: NewDelivery[] = all.filter(({ settledAt }) => settledAt === null)
  return begin.map(({ item, tenant }) => lifecycleSignal(tenant, item, deliveries))
}

/** Never given to a lifecycle: their deliveries are closed here, and a subscription that was to begin never does. */
async function dropItems(deps: Conducting, tx: Tx, drop: readonly OrderItem[], now: Date): Promise<void> {
  if (drop.length === 0) return
  const open = await deps.storage.deliveriesOfItems(
    tx,
    drop.map(({ id }) => id),
  )
  const why = new Map(drop.map(({ id, detail }) => [id, detail]))
  const records = open.map(({ id, item }) => ({
    delivery: id,
    state: 'cancelled' as const,
    detail: why.get(item) ?? '',
  }))
  const closed = await deps.storage.recordStates(tx, records, now)
  await appendEvents(
    tx,
    deps.doorbells,
    closed.map((delivery) => deliveryEvent('delivery.cancelled', delivery)),
  )
  await deps.storage.endUnbegun(
    tx,
    drop.flatMap(({ action, subscription }) => (action === 'add' && subscription !== null ? [subscription] : [])),
    now,
  )
}

/** A move that came to nothing leaves the subscription where it was. */
async function leaveNewHouseholds(deps: Conducting, tx: Tx, items: readonly OrderItem[]): Promise<void> {
  const back = items.flatMap(({ to, subscription, before, phase, state }) => {
    const nothing = phase === 'restoring' || (phase === 'over' && (state === 'cancelled' || state === 'failed'))
    return to !== null && subscription !== null && before !== null && nothing
      ? [{ subscription, from: to, to: before.household }]
      : []
  })
  await deps.storage.moveSubscriptionsBack(tx, back)
}

/** What an item that came to nothing wished for is not kept to. */
async function takeWishesBack(deps: Conducting, tx: Tx, items: readonly OrderItem[]): Promise<void> {
  const back = items.flatMap(({ id, action, subscription, before, phase, state }) => {
    const installs = action === 'add' || action === 'modify'
    const nothing = phase === 'restoring' || (phase === 'over' && state === 'cancelled')
    return installs && nothing && subscription !== null && before?.wish !== undefined
      ? [{ ...before.wish, subscription, item: id }]
      : []
  })
  await deps.storage.takeWishesBack(tx, back)
}

function withdrawal(item: OrderItem, reason: string, now: Date): OutsideSignal {
  const id = `${item.id}/${item.attempts}/cancel/${now.getTime()}`
  return wordTo(item.subscription!, { id, type: 'cancel-order', args: { order: item.order, reason } })
}

function instanceSignals(before: FoundOrder, { tell = [] }: Conduct, { order }: FollowedOrder): OutsideSignal[] {
  const to = `model:service-order/${order.id}`
  const { detail, state } = order
  const id = `${order.id}/${order.updatedAt.getTime()}`
  const ended = order.phase === 'settled' && before.order.phase !== 'settled'
  if (ended) return [{ to, id: `${id}/over`, type: 'over', args: { state, detail }, missing: 'ignore' }]
  const back = order.phase === 'restoring' && before.order.phase !== 'restoring'
  if (back) return [{ to, id: `${id}/back`, type: 'taking-back', args: { detail }, missing: 'ignore' }]
  return tell.map((signal) => ({ ...signal, to, missing: 'ignore' }))
}
