import type { Subscription } from '../../../order-processing/index.ts'
import type { TmfObject } from '../../domain/tmf/fields.ts'
import { serviceView } from '../../domain/tmf/service-view.ts'
import { linksOf, type TmfDependencies } from './dependencies.ts'

const none = { devices: [], items: [] }

/** Subscriptions that somebody may see, as TMF638 shows them. */
export async function showServices(deps: TmfDependencies, found: readonly Subscription[]): Promise<TmfObject[]> {
  const links = linksOf(deps)
  const details = await deps.orders.desk.details(found.map(({ id }) => id))
  const orders = new Set([...details.values()].flatMap(({ items }) => items.map(({ order }) => order)))
  const kept = await deps.tmf.keptOrders(deps.database.sql, [...orders])
  return found.map((subscription) => {
    const own = details.get(subscription.id) ?? none
    // The client calls an item of a service as it did in its order.
    const called = own.items.flatMap(({ order, item }) => {
      const id = kept.get(order)?.items[subscription.service]?.id
      return id === undefined ? [] : [[item, id] as const]
    })
    return serviceView(subscription, own, new Map(called), links)
  })
}
