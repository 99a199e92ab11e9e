import type { KeptWish } from './kept-wish.ts'
import type { OrderState } from './order-states.ts'

/** What an order is, with its items. */

export const orderActions = ['add', 'modify', 'suspend', 'resume', 'move', 'remove'] as const
export type OrderAction = (typeof orderActions)[number]

export const originKinds = ['person', 'system', 'policy', 'campaign', 'hub'] as const

/** Who or what asked for an order. */
export interface Origin {
  readonly kind: (typeof originKinds)[number]
  readonly id: string
  readonly name: string | null
  /** Id of what made it ask: a firing, a target of a campaign. */
  readonly cause: string | null
}

export interface Milestone {
  readonly name: 'acknowledged' | 'planned' | 'begun' | 'firstDeviceConfirmed' | 'allDevicesConfirmed' | 'takenBack'
  /** RFC 3339. */
  readonly at: string
}

/** That an order may not be, or is not, carried out in time. */
export interface Jeopardy {
  readonly level: 'amber' | 'red'
  /** A sentence for people. */
  readonly message: string
  /** What keeps it: a sentence, by device where it is one. */
  readonly cause: string
  /** RFC 3339. */
  readonly at: string
}

/**
 * How an order is led: it waits for its start, is carried out, is cancelled, or what it changed is put back; `settled`: nothing
 * further happens to it, unless a failed item is tried again.
 */
export type OrderPhase = 'scheduled' | 'carrying-out' | 'cancelling' | 'restoring' | 'settled'

export interface Order {
  readonly id: string
  readonly tenant: string
  readonly household: string
  readonly requestedBy: string
  readonly decision: string
  readonly reference: string | null
  readonly origin: Origin
  /** 0 is the highest, 4 the lowest (TMF641). */
  readonly priority: number
  readonly requestedStart: Date | null
  readonly requestedCompletion: Date | null
  readonly expectedCompletion: Date | null
  readonly allOrNothing: boolean
  /** An instance of `service-order` leads it. */
  readonly conducted: boolean
  readonly phase: OrderPhase
  /** Why what it changed is put back: a device failed, or it was cancelled. */
  readonly undoing: 'failed' | 'cancelled' | null
  readonly state: OrderState
  /** Why it was rejected, failed or cancelled; '' for nothing. */
  readonly detail: string
  readonly milestones: readonly Milestone[]
  readonly jeopardy: Jeopardy | null
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly settledAt: Date | null
}

/**
 * Where an item stands with its subscription's lifecycle: not yet given to it, given to it, answered for; given to it to be put
 * back, and answered for again.
 */
export type ItemPhase = 'waiting' | 'begun' | 'over' | 'restoring' | 'restored'

/** What an item found, for taking it back. */
export interface Before {
  readonly version: string
  readonly state: string
  readonly household: string
  /** It was suspended, or on its way there. */
  readonly barred?: boolean
  readonly wish?: KeptWish
  /** What is kept to of the service from this item on. */
  readonly wished?: KeptWish
}

export interface OrderItem {
  readonly id: string
  readonly order: string
  readonly position: number
  readonly action: OrderAction
  readonly service: string
  readonly version: string
  /** Null where a rejected order names a service that the household does not have. */
  readonly subscription: string | null
  readonly state: OrderState
  /** Devices left out and why; why it failed. */
  readonly detail: string
  readonly phase: ItemPhase
  /** A device failed or declined: reason to put everything back that an all-or-nothing order has changed. */
  readonly undoes: boolean
  /** Whether the order asked for it, or what it asked for brought it along. */
  readonly origin: 'wished' | 'required' | 'recommended' | 'replaced' | 'unneeded'
  /** A sentence: why it is there. '' when it was asked for. */
  readonly because: string
  readonly channel: string | null
  /** For a move. */
  readonly to: string | null
  /** Positions of items that must be completed first. */
  readonly after: readonly number[]
  /** Null when the household did not have the service. */
  readonly before: Before | null
  /** Why this version and these devices: sentences. */
  readonly reasons: readonly string[]
  /** How often it was given to the lifecycle. */
  readonly attempts: number
}

/** An order with its items. */
export interface OrderWithItems {
  readonly order: Order
  readonly items: readonly OrderItem[]
}

/** An order that has come further. */
export interface FollowedOrder extends OrderWithItems {
  readonly moved: boolean
  readonly reached: readonly Milestone[]
}
