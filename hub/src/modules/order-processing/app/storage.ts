import type { Sql, Tx } from '../../../platform/database.ts'
import type { Scope } from '../../../platform/access.ts'
import type { OrderRequest } from '../contract.ts'
import type { KeptWish } from '../domain/kept-wish.ts'
import type { FollowedOrder, Jeopardy, OrderAction, OrderWithItems, Origin } from '../domain/order.ts'
import type { OrderState } from '../domain/order-states.ts'
import type { CommercialState, DeliveryKind, DeliveryState } from '../domain/states.ts'
import type { AssignedComponent, Channel } from '../../service-definitions/index.ts'
import type { Had } from '../domain/compensate.ts'
import type { Drift, Proved } from '../domain/drift.ts'
import type { Proof } from '../domain/proof.ts'

/** What order-processing keeps, as its use cases see it. */

export type { Order, OrderItem, OrderWithItems, Origin } from '../domain/order.ts'

export interface Subscription extends KeptWish {
  readonly id: string
  readonly tenant: string
  readonly household: string
  readonly service: string
  readonly version: string
  /** How it stands technically. */
  readonly state: string
  readonly commercial: CommercialState
  readonly createdAt: Date
  readonly updatedAt: Date
}

export interface SubscriptionWish extends KeptWish {
  readonly subscription: string
}

/** What the subscription's lifecycle says of it. */
export interface SubscriptionRecord {
  readonly subscription: string
  readonly state: string
  readonly commercial: CommercialState
  readonly version: string
}

/** One that is not ended, with what the newest order that is not over does with it. */
export interface LivingSubscription extends Subscription {
  readonly open: OrderAction | null
  /** It is there only because something else requires it: nobody ever asked for it. */
  readonly required: boolean
}

export interface NewDelivery {
  readonly id: string
  readonly tenant: string
  readonly order: string
  readonly item: string
  readonly subscription: string
  readonly household: string
  readonly device: string
  readonly kind: DeliveryKind
  readonly service: string
  readonly version: string
  readonly component: string
  readonly manifest: string | null
  readonly manifestSize: number
  readonly files: number
  readonly bytes: number
  /** Those of a turn start when all of the turn before are confirmed; from 0. */
  readonly turn: number
  readonly purpose: 'carry-out' | 'restore'
}

export interface Delivery extends NewDelivery {
  readonly epoch: number
  readonly state: DeliveryState
  readonly detail: string
  readonly stage: string
  readonly done: number
  readonly total: number
  readonly proof: Proof | null
  /** It failed only because the device never answered. */
  readonly unreached: boolean
  /** The device took it and never said what came of it: it may have carried it out. */
  readonly silent: boolean
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly settledAt: Date | null
  /** Whose order it is part of; null where that is kept no more. */
  readonly requestedBy: string | null
}

export interface DeliveryRecord {
  readonly delivery: string
  readonly state: DeliveryState
  readonly detail: string
  readonly unreached?: boolean
  readonly silent?: boolean
}

export interface Progress {
  readonly delivery: string
  readonly stage: string
  readonly done: number
  readonly total: number
}

/** What a delivery is part of, for whoever decides whether it may go. */
export interface DeliveryFacts {
  readonly id: string
  readonly order: string
  /** 0 (highest) to 4 (TMF641). */
  readonly priority: number
  readonly origin: { readonly kind: string; readonly id: string }
  readonly kind: DeliveryKind
  /** `restore` puts back what was before an order that failed. */
  readonly purpose: 'carry-out' | 'restore'
  readonly service: string
  readonly version: string
  readonly bytes: number
  readonly files: number
}

/** Whose deliveries are meant. */
export type Concerned = { readonly household: string } | { readonly device: string } | { readonly tenant: string }

export interface ReplacedDrift {
  readonly begun: readonly Drift[]
  readonly ended: readonly Drift[]
  /** Subscriptions of which nothing differs any more. */
  readonly agreed: readonly string[]
}

export interface PageRequest {
  readonly limit: number
  readonly after: string | undefined
}

/** A page of what has come about in the course of time: ids sort by time. */
export interface HistoryRequest extends PageRequest {
  /** Oldest first unless it says otherwise. */
  readonly sort?: 'oldest' | 'newest' | undefined
  /** Made then or later. */
  readonly since?: Date | undefined
  /** Not over yet, or over. */
  readonly open?: boolean | undefined
}

export interface DeliveryFilter extends HistoryRequest {
  readonly order?: string | undefined
  readonly device?: string | undefined
  readonly household?: string | undefined
  readonly subscription?: string | undefined
  readonly service?: string | undefined
  readonly state?: DeliveryState | undefined
}

export interface OrderFilter extends HistoryRequest {
  readonly household?: string | undefined
  readonly state?: OrderState | undefined
  readonly originKind?: Origin['kind'] | undefined
  readonly originId?: string | undefined
  readonly service?: string | undefined
  /** Something of it went, or goes, to this device. */
  readonly device?: string | undefined
  readonly jeopardy?: Jeopardy['level'] | undefined
}

/** An order as it is led: locked, with what its deliveries say. */
export interface FoundOrder extends OrderWithItems {
  /** By item that has deliveries: whether one of them failed or was declined, and not merely never reached. */
  readonly broke: ReadonlyMap<string, boolean>
}

/** An order with all that belongs to it, as it is written at first. */
export interface NewOrder extends OrderWithItems {
  /** Kept for a scheduled order: it is decided on again when its start has come. */
  readonly request?: OrderRequest
  readonly deliveries: readonly NewDelivery[]
}

/** Writes happen in the caller's transaction; multi-row throughout. */
export interface OrderStorage {
  /** All living subscriptions of these households; they and the households are locked until the transaction ends. */
  livingSubscriptions(tx: Tx, households: readonly string[]): Promise<LivingSubscription[]>
  /** By which order a household last lost a service, if it ever did. */
  lastLeft(
    tx: Tx,
    household: string,
    service: string,
  ): Promise<{ action: 'remove' | 'move'; order: string; to: string | null } | null>
  /** @throws the driver's unique violation where the new household has the service */
  moveSubscriptions(tx: Tx, moves: readonly { subscription: string; household: string }[]): Promise<void>
  addSubscriptions(tx: Tx, subscriptions: readonly Subscription[]): Promise<void>
  /** Of each household and service without a living one. @returns ids of those that were added */
  addUnlessLiving(tx: Tx, subscriptions: readonly Subscription[]): Promise<Set<string>>
  /** Channels that a household keeps to for services that it has. */
  keptChannels(household: string, services: readonly string[]): Promise<Map<string, Channel>>
  /** Those that were to begin with an order that came to nothing are to begin again. */
  reviveUnbegun(tx: Tx, subscriptions: readonly string[], now: Date): Promise<void>
  keepWishes(tx: Tx, wishes: readonly SubscriptionWish[]): Promise<void>
  /** Puts back what was kept to before an item, where no other item has said something else since. */
  takeWishesBack(tx: Tx, wishes: readonly (SubscriptionWish & { readonly item: string })[]): Promise<void>
  addOrders(tx: Tx, orders: readonly NewOrder[]): Promise<void>
  /** Of each known delivery what policy may want to know. */
  deliveryFacts(sql: Sql, ids: readonly string[]): Promise<DeliveryFacts[]>
  /** What these devices have proved, service by service. */
  proved(tx: Tx, devices: readonly string[]): Promise<Proved[]>
  /** Makes `drifts` all that differs on these devices. */
  replaceDrift(tx: Tx, devices: readonly string[], drifts: readonly Drift[], now: Date): Promise<ReplacedDrift>
  /** Of those of the subscriptions some device of which differs: what was found first. */
  driftOf(tx: Tx, subscriptions: readonly string[]): Promise<Map<string, string>>
  /** Deliveries that are held back, by id, after `after`. */
  heldDeliveries(tx: Tx, whose: Concerned, after: string, limit: number): Promise<string[]>
  /** What the devices of these deliveries had of their services before: by delivery, where they had anything. */
  hadBefore(tx: Tx, ids: readonly string[]): Promise<Map<string, Had>>
  /** Unsettled deliveries to a device. */
  /** @param until only those that there were by then */
  openDeliveries(tx: Tx, device: string, until?: Date): Promise<string[]>
  devicesDelivered(tx: Tx, subscription: string): Promise<string[]>
  deliveriesForUpdate(tx: Tx, ids: readonly string[]): Promise<Map<string, Delivery>>
  /** Records states; settled deliveries keep theirs. Returns those that changed. */
  recordStates(tx: Tx, records: readonly DeliveryRecord[], now: Date): Promise<Delivery[]>
  recordProgress(tx: Tx, progress: readonly Progress[], now: Date): Promise<Delivery[]>
  /** Settled deliveries keep theirs. */
  recordProofs(tx: Tx, proofs: readonly { delivery: string; proof: Proof }[]): Promise<void>
  recordSubscriptions(tx: Tx, records: readonly SubscriptionRecord[], now: Date): Promise<Subscription[]>
  /** Takes these orders and their items where their deliveries are now. Returns those that moved or reached a milestone. */
  followDeliveries(tx: Tx, orders: readonly string[], now: Date): Promise<FollowedOrder[]>

  /** Those of these orders that there are, locked until the transaction ends. */
  ordersForUpdate(tx: Tx, ids: readonly string[]): Promise<FoundOrder[]>
  /** Writes all that changes of an order and its items while it is led. */
  writeLed(tx: Tx, orders: readonly OrderWithItems[]): Promise<void>
  addDeliveries(tx: Tx, deliveries: readonly NewDelivery[], now: Date): Promise<void>
  /** Oldest first. */
  deliveriesOfItems(tx: Tx, items: readonly string[]): Promise<Delivery[]>
  /** At most 10,000: far more than an order has, which names at most 20 items of 100 devices or a household each. In order of id. */
  deliveriesOfOrder(order: string): Promise<Delivery[]>
  /** Ends subscriptions that were to begin with an order that came to nothing. */
  endUnbegun(tx: Tx, subscriptions: readonly string[], now: Date): Promise<void>
  /** Where the household that it came from has not been given the service anew. */
  moveSubscriptionsBack(tx: Tx, moves: readonly { subscription: string; from: string; to: string }[]): Promise<void>
  /** What a scheduled order asked for. */
  requestOf(id: string): Promise<OrderRequest | null>
  /** Takes the place of a scheduled order's row and items with what was decided when its start had come. */
  replaceScheduled(tx: Tx, order: NewOrder): Promise<void>
  /** Those of these items (ids) after which another was given to the lifecycle of their subscription. */
  overtaken(tx: Tx, items: readonly string[]): Promise<Set<string>>
  setJeopardy(tx: Tx, order: string, jeopardy: Jeopardy | null): Promise<void>
  /** How long nine in ten of a tenant's latest orders took at most, milliseconds; null while there are too few. */
  usualDuration(tenant: string): Promise<number | null>

  order(id: string): Promise<OrderWithItems | null>
  orders(filter: OrderFilter, scope: Scope): Promise<OrderWithItems[]>
  /** Those that there are. */
  orderStates(ids: readonly string[]): Promise<{ id: string; state: OrderState }[]>
  /** Of open installs, and of confirmed ones that nothing confirmed later has replaced or removed: at most 1,024, by service. */
  assignedTo(device: string): Promise<AssignedComponent[]>
  delivery(id: string): Promise<Delivery | null>
  deliveries(filter: DeliveryFilter, scope: Scope): Promise<Delivery[]>
  subscriptions(page: PageRequest & { household?: string | undefined }, scope: Scope): Promise<Subscription[]>
  subscription(id: string): Promise<Subscription | null>
  /** Whether this principal ever ordered something for the subscription. */
  hasOrdered(principal: string, subscription: string): Promise<boolean>
}
