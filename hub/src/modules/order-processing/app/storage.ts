import type { Sql, Tx } from '../../../platform/database.ts'
import type { Scope } from '../../../platform/access.ts'
import type { CommercialState, DeliveryKind, DeliveryState, OrderState } from '../domain/states.ts'
import type { AssignedComponent } from '../../service-definitions/index.ts'
import type { Had } from '../domain/compensate.ts'
import type { Proof } from '../domain/proof.ts'

/** What order-processing keeps, as its use cases see it. */

export type OrderAction = 'add' | 'modify' | 'remove'

export interface Order {
  readonly id: string
  readonly tenant: string
  readonly household: string
  readonly requestedBy: string
  readonly decision: string
  readonly reference: string | null
  readonly state: OrderState
  readonly createdAt: Date
  readonly updatedAt: Date
}

export interface OrderItem {
  readonly id: string
  readonly order: string
  readonly position: number
  readonly action: OrderAction
  readonly service: string
  readonly version: string
  readonly subscription: string
  readonly state: OrderState
  readonly detail: string
}

export interface Subscription {
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

/** What the subscription's lifecycle says of it. */
export interface SubscriptionRecord {
  readonly subscription: string
  readonly state: string
  readonly commercial: CommercialState
  readonly version: string
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
}

export interface Delivery extends NewDelivery {
  readonly epoch: number
  readonly state: DeliveryState
  readonly detail: string
  readonly stage: string
  readonly done: number
  readonly total: number
  readonly proof: Proof | null
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly settledAt: Date | null
}

export interface DeliveryRecord {
  readonly delivery: string
  readonly state: DeliveryState
  readonly detail: string
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
  readonly service: string
  readonly version: string
  readonly bytes: number
  readonly files: number
}

/** Whose deliveries are meant. */
export type Concerned = { readonly household: string } | { readonly device: string } | { readonly tenant: string }

export interface PageRequest {
  readonly limit: number
  readonly after: string | undefined
}

export interface DeliveryFilter extends PageRequest {
  readonly order?: string | undefined
  readonly device?: string | undefined
  readonly household?: string | undefined
  readonly subscription?: string | undefined
  readonly state?: DeliveryState | undefined
}

/** An order with all that belongs to it, as it is written at first. */
export interface NewOrder {
  readonly order: Order
  readonly items: readonly OrderItem[]
  readonly deliveries: readonly NewDelivery[]
}

/** Writes happen in the caller's transaction; multi-row throughout. */
export interface OrderStorage {
  /** All living subscriptions of these households, locked until the transaction ends. */
  livingSubscriptions(tx: Tx, households: readonly string[]): Promise<Subscription[]>
  addSubscriptions(tx: Tx, subscriptions: readonly Subscription[]): Promise<void>
  addOrders(tx: Tx, orders: readonly NewOrder[]): Promise<void>
  /** Of each known delivery what policy may want to know. */
  deliveryFacts(sql: Sql, ids: readonly string[]): Promise<DeliveryFacts[]>
  /** What the devices of these deliveries had of their services before: by delivery, where they had anything. */
  hadBefore(tx: Tx, ids: readonly string[]): Promise<Map<string, Had>>
  /** Deliveries that are held back, by id, after `after`. */
  heldDeliveries(tx: Tx, whose: Concerned, after: string, limit: number): Promise<string[]>
  /** Unsettled deliveries to a device. */
  openDeliveries(tx: Tx, device: string): Promise<string[]>
  devicesDelivered(tx: Tx, subscription: string): Promise<string[]>
  deliveriesForUpdate(tx: Tx, ids: readonly string[]): Promise<Map<string, Delivery>>
  /** Records states; settled deliveries keep theirs. Returns those that changed. */
  recordStates(tx: Tx, records: readonly DeliveryRecord[], now: Date): Promise<Delivery[]>
  recordProgress(tx: Tx, progress: readonly Progress[], now: Date): Promise<Delivery[]>
  /** Settled deliveries keep theirs. */
  recordProofs(tx: Tx, proofs: readonly { delivery: string; proof: Proof }[]): Promise<void>
  recordSubscriptions(tx: Tx, records: readonly SubscriptionRecord[], now: Date): Promise<Subscription[]>
  /** Recomputes items and orders of these items from their deliveries. Returns orders whose state changed. */
  settleItems(tx: Tx, items: readonly string[], now: Date): Promise<{ order: Order; items: OrderItem[] }[]>

  order(id: string): Promise<{ order: Order; items: OrderItem[] } | null>
  orders(
    page: PageRequest & { household?: string | undefined },
    scope: Scope,
  ): Promise<{ order: Order; items: OrderItem[] }[]>
  /** Of open installs, and of confirmed ones that nothing confirmed later has replaced or removed: at most 1,024, by service. */
  assignedTo(device: string): Promise<AssignedComponent[]>
  delivery(id: string): Promise<Delivery | null>
  deliveries(filter: DeliveryFilter, scope: Scope): Promise<Delivery[]>
  subscriptions(page: PageRequest & { household?: string | undefined }, scope: Scope): Promise<Subscription[]>
  subscription(id: string): Promise<Subscription | null>
  /** Whether this principal ever ordered something for the subscription. */
  hasOrdered(principal: string, subscription: string): Promise<boolean>
}
