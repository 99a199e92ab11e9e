import type { OutsideSignal } from '../../../engine/index.ts'
import type { Tx } from '../../../platform/database.ts'
import { newId } from '../../../platform/ids.ts'
import { planCompensation, type Restoring } from '../domain/compensate.ts'
import { noWish } from '../domain/kept-wish.ts'
import type { Order, OrderItem } from '../domain/order.ts'
import type { Conducting } from './conduct.ts'
import { lastDeliveries } from './last-deliveries.ts'
import { restoringSignal } from './lifecycle-signals.ts'
import type { NewDelivery, Subscription } from './storage.ts'

interface ToRestore {
  readonly order: Order
  readonly item: OrderItem
}

/**
 * Puts back what items have changed: writes the deliveries that do it.
 * @returns the signals to their lifecycles, and items whose subscription is another now: one that was removed is begun anew
 */
export async function restoreItems(
  deps: Conducting,
  tx: Tx,
  restore: readonly ToRestore[],
): Promise<{ signals: OutsideSignal[]; items: ReadonlyMap<string, OrderItem> }> {
  if (restore.length === 0) return { signals: [], items: new Map() }
  const ids = restore.map(({ item }) => item.id)
  const done = lastDeliveries(
    (await deps.storage.deliveriesOfItems(tx, ids)).filter(({ purpose }) => purpose === 'carry-out'),
  )
  const before = await deps.storage.hadBefore(
    tx,
    done.map(({ id }) => id),
  )
  const anew = await beginAnew(deps, tx, restore)
  const deliveries: NewDelivery[] = []
  const signals: OutsideSignal[] = []
  const items = new Map<string, OrderItem>()
  for (const { order, item } of restore) {
    const subscription = anew.get(item.id)
    const target = subscription === undefined ? item : { ...item, subscription }
    if (subscription !== undefined) items.set(item.id, target)
    const own = done.filter((delivery) => delivery.item === item.id)
    const plan = planCompensation(
      own.map((delivery) => ({ ...delivery, stage: delivery.turn, before: before.get(delivery.id) ?? null })),
    )
    const fresh = plan.map((restoring) => newDelivery(deps, order, target, restoring))
    deliveries.push(...fresh)
    signals.push(restoringSignal(order.tenant, target, fresh, subscription !== undefined))
  }
  await deps.storage.addDeliveries(tx, deliveries, new Date(deps.clock.now()))
  return { signals, items }
}

/**
 * Subscriptions in the place of those that are gone. Where the removed one still lives, or a newer order has given the household
 * another of the service, there is none.
 * @returns new subscription by item
 */
async function beginAnew(deps: Conducting, tx: Tx, restore: readonly ToRestore[]): Promise<Map<string, string>> {
  const wanted = restore.flatMap(({ order, item }) =>
    item.action === 'remove' && item.before !== null
      ? [{ item: item.id, subscription: subscriptionAnew(deps, order, item) }]
      : [],
  )
  const begun = await deps.storage.addUnlessLiving(
    tx,
    wanted.map(({ subscription }) => subscription),
  )
  return new Map(wanted.flatMap(({ item, subscription: { id } }) => (begun.has(id) ? [[item, id] as const] : [])))
}

function subscriptionAnew(deps: Conducting, order: Order, { before, service }: OrderItem): Subscription {
  const at = new Date(deps.clock.now())
  return {
    ...(before!.wish ?? noWish),
    id: newId('sub', deps.clock.now()),
    tenant: order.tenant,
    household: before!.household,
    service,
    version: before!.version,
    state: 'requested',
    commercial: 'requested',
    createdAt: at,
    updatedAt: at,
  }
}

function newDelivery(deps: Conducting, order: Order, item: OrderItem, restoring: Restoring): NewDelivery {
  const { stage, ...what } = restoring
  return {
    ...what,
    id: newId('dlv', deps.clock.now()),
    tenant: order.tenant,
    order: order.id,
    item: item.id,
    subscription: item.subscription!,
    turn: stage,
    purpose: 'restore',
  }
}
