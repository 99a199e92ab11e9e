import type { Tx } from '../../../platform/database.ts'
import { broughtBack } from '../domain/brought-back.ts'
import type { OrderItem } from '../domain/order.ts'
import type { OrderDependencies } from './dependencies.ts'
import type { FoundOrder, LivingSubscription } from './storage.ts'

/**
 * The items that wait again now that the one which they had been dropped for is tried again; their subscriptions are to begin or to
 * change again. An item whose service a newer order has given, changed or taken stays as it is.
 * @param living of the households that the order concerns, locked
 */
export async function bringBack(
  deps: Pick<OrderDependencies, 'storage'>,
  tx: Tx,
  { order, items }: FoundOrder,
  failed: OrderItem,
  living: readonly LivingSubscription[],
  now: Date,
): Promise<OrderItem[]> {
  const has = (household: string, service: string) =>
    living.some((each) => each.household === household && each.service === service)
  const overtaken = await deps.storage.overtaken(
    tx,
    items.map(({ id }) => id),
  )
  const back = broughtBack(failed, items, ({ id, action, service, subscription, to }) => {
    if (subscription === null || overtaken.has(id)) return false
    if (action === 'add') return !has(order.household, service)
    return living.some((each) => each.id === subscription) && (to === null || !has(to, service))
  })
  await deps.storage.reviveUnbegun(tx, subscriptionsOf(back, 'add'), now)
  await deps.storage.moveSubscriptions(
    tx,
    back.flatMap(({ subscription, to }) => (to === null ? [] : [{ subscription: subscription!, household: to }])),
  )
  await deps.storage.keepWishes(
    tx,
    back.flatMap(({ subscription, before, id }) =>
      before?.wished?.wishedBy === id ? [{ ...before.wished, subscription: subscription! }] : [],
    ),
  )
  return back
}

function subscriptionsOf(items: readonly OrderItem[], wanted: OrderItem['action']): string[] {
  return items.flatMap(({ action, subscription }) => (action === wanted && subscription !== null ? [subscription] : []))
}
