import type { Scope } from '../../../platform/access.ts'
import type { OrderWithItems } from '../domain/order.ts'
import type { OrderState } from '../domain/order-states.ts'
import type { CommercialState } from '../domain/states.ts'
import type { Subscription } from './storage.ts'

/** Searching by place and number, for interfaces whose standard pages so; lists of the hub's own have cursors. */

export interface Slice {
  readonly offset: number
  readonly limit: number
  /** Newest first. */
  readonly newestFirst: boolean
}

/** From and to, both ends belonging to it where the second of a pair is true. */
export interface Between {
  readonly from?: readonly [Date, boolean] | undefined
  readonly to?: readonly [Date, boolean] | undefined
}

export interface OrderSearch {
  readonly states?: readonly OrderState[] | undefined
  readonly references?: readonly string[] | undefined
  readonly household?: string | undefined
  readonly service?: string | undefined
  readonly subscription?: string | undefined
  readonly priority?: number | undefined
  readonly created?: Between
  readonly requestedStart?: Between
  readonly requestedCompletion?: Between
  readonly settled?: Between
}

/** Of a subscription: over, or by where it stands commercially. */
export interface Standing {
  readonly ended: boolean
  readonly commercial: readonly CommercialState[]
}

export interface SubscriptionSearch {
  /** Any of these. */
  readonly standings?: readonly Standing[] | undefined
  readonly household?: string | undefined
  readonly service?: string | undefined
  readonly version?: string | undefined
  /** Some delivery of it went, or goes, to this device. */
  readonly device?: string | undefined
  readonly created?: Between
}

/** Matches from one place on; `total` counts them all, up to `most`. */
export interface Found<T> {
  readonly rows: readonly T[]
  readonly total: number
}

/** More matches than these are not counted. */
export const countedAtMost = 100_000

/** Devices that have a subscription's service, and the items of orders that were about it, oldest first. */
export interface SubscriptionDetails {
  readonly devices: readonly string[]
  readonly items: readonly { readonly order: string; readonly item: string; readonly action: string }[]
}

/** An order as it is recognised. */
export interface CalledOrder {
  readonly id: string
  readonly household: string
  readonly state: OrderState
  readonly reference: string | null
}

export interface SearchStorage {
  /** Whose id begins so (six characters and more), or that have exactly this reference; the newest first. */
  calledOrders(text: string, most: number, scope: Scope): Promise<CalledOrder[]>
  searchOrders(search: OrderSearch, slice: Slice, scope: Scope): Promise<Found<OrderWithItems>>
  searchSubscriptions(search: SubscriptionSearch, slice: Slice, scope: Scope): Promise<Found<Subscription>>
  subscriptionsOf(ids: readonly string[]): Promise<Subscription[]>
  /** By subscription; at most 100 items and 250 devices of each. */
  subscriptionDetails(ids: readonly string[]): Promise<Map<string, SubscriptionDetails>>
}
