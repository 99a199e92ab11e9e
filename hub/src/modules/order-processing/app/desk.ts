import { notFound, type Principal } from '../../../platform/access.ts'
import type { Tx } from '../../../platform/database.ts'
import { CallerError } from '../../../platform/errors.ts'
import type { Finder } from '../../entity-management/index.ts'
import type { OrderRequest } from '../contract.ts'
import type { OrderWithItems } from '../domain/order.ts'
import { cancelOwnOrder } from './cancel-order.ts'
import { createOrder, type PlaceOrder } from './create-order.ts'
import type { OrderDependencies } from './dependencies.ts'
import type { Found, OrderSearch, SearchStorage, Slice, SubscriptionDetails, SubscriptionSearch } from './search.ts'
import type { NewOrder, Subscription } from './storage.ts'

/** Orders and subscriptions as people and systems with a key ask for them, by whatever interface: each is authorised here. */
export interface OrderDesk {
  /** As POST /orders does. @param also is written in the same transaction. @throws as `place`; CallerError `forbidden` */
  create(
    principal: Principal,
    request: OrderRequest,
    also: (tx: Tx, written: NewOrder) => Promise<void>,
  ): Promise<NewOrder>
  /** @param also is written in the same transaction. @throws CallerError `not-found`, `forbidden`, `order-settled` */
  cancel(principal: Principal, id: string, reason: string, also?: (tx: Tx) => Promise<void>): Promise<void>
  /** @throws CallerError `not-found`, `forbidden` */
  order(principal: Principal, id: string): Promise<OrderWithItems>
  orders(principal: Principal, search: OrderSearch, slice: Slice): Promise<Found<OrderWithItems>>
  /** @throws CallerError `not-found`, `forbidden` */
  subscription(principal: Principal, id: string): Promise<Subscription>
  /** Orders by the begin of their id or by their whole reference, for the one search. */
  readonly find: Finder
  subscriptions(principal: Principal, search: SubscriptionSearch, slice: Slice): Promise<Found<Subscription>>
  /** Those of the principal's tenant among them; to be authorised by what is done with them. */
  named(principal: Principal, ids: readonly string[]): Promise<Subscription[]>
  /** Of subscriptions that the principal was shown. */
  details(ids: readonly string[]): Promise<Map<string, SubscriptionDetails>>
  /** For whoever tells a tenant's people of what they may hear of; null when the tenant has none of that id. */
  told: {
    order(tenant: string, id: string): Promise<OrderWithItems | null>
    subscription(tenant: string, id: string): Promise<Subscription | null>
  }
}

type DeskDependencies = OrderDependencies & { readonly search: SearchStorage }

export function orderDesk(deps: DeskDependencies, place: PlaceOrder): OrderDesk {
  const { access, storage, search } = deps
  return {
    create: (principal, request, also) => createOrder(deps, place, principal, request, also),
    cancel: (principal, id, reason, also) => cancelOwnOrder(deps, principal, id, reason, also),
    async order(principal, id) {
      const found = await storage.order(id)
      if (found === null) throw new CallerError(notFound, `there is no order ${id}`)
      const { tenant, household, requestedBy: owner } = found.order
      access.authorise(principal, 'order.read', { tenant, household, owner })
      return found
    },
    orders: (principal, wanted, slice) => search.searchOrders(wanted, slice, access.scope(principal, 'order.read')),
    async find(principal, text, most) {
      const found = await search.calledOrders(text, most, access.visible(principal, 'order.read'))
      return found.map(({ id, household, state, reference }) => {
        const detail = reference === null ? state : `${reference}, ${state}`
        return { id, label: id, detail, household }
      })
    },
    async subscription(principal, id) {
      const found = await storage.subscription(id)
      if (found === null) throw new CallerError(notFound, `there is no subscription ${id}`)
      const owner = (await storage.hasOrdered(principal.id, id)) ? principal.id : null
      const { tenant, household } = found
      access.authorise(principal, 'order.read', { tenant, household, owner })
      return found
    },
    subscriptions: (principal, wanted, slice) =>
      search.searchSubscriptions(wanted, slice, access.scope(principal, 'order.read')),
    async named(principal, ids) {
      const found = await search.subscriptionsOf(ids)
      return found.filter(({ tenant }) => tenant === principal.tenant)
    },
    details: (ids) => search.subscriptionDetails(ids),
    told: {
      async order(tenant, id) {
        const found = await storage.order(id)
        return found?.order.tenant === tenant ? found : null
      },
      async subscription(tenant, id) {
        const found = await storage.subscription(id)
        return found?.tenant === tenant ? found : null
      },
    },
  }
}
