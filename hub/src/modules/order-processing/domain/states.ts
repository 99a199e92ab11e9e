import type { OrderState } from './order-states.ts'

/** The states of deliveries, which are those of the `delivery` pattern, and what they make of an order item. */

export const deliveryStates = ['planned', 'held', 'pending', 'accepted', 'confirmed', 'failed', 'cancelled'] as const
export type DeliveryState = (typeof deliveryStates)[number]

/** Commercial side of a subscription; the technical one is whatever its lifecycle's pattern says. */
export const commercialStates = ['requested', 'authorized', 'barred', 'ended'] as const
export type CommercialState = (typeof commercialStates)[number]

/** What a delivery asks of its device. `suspend`: the service is stopped, its files stay. */
export const deliveryKinds = ['install', 'suspend', 'remove'] as const
export type DeliveryKind = (typeof deliveryKinds)[number]

const settledStates: ReadonlySet<string> = new Set(['confirmed', 'failed', 'cancelled'])

/** Whether nothing further happens to a delivery in this state. */
export function isSettled(state: DeliveryState): boolean {
  return settledStates.has(state)
}

/**
 * What an order or item is, seen from its deliveries: `acknowledged` until the first is taken up, `inProgress` as soon as a
 * device works, otherwise `held` when a policy holds all of the rest back, otherwise `pending`.
 */
export function stateOf(deliveries: readonly DeliveryState[]): OrderState {
  const open = deliveries.filter((state) => !isSettled(state))
  if (open.length === 0) return settledState(deliveries)
  if (deliveries.every((state) => state === 'planned')) return 'acknowledged'
  if (open.includes('accepted')) return 'inProgress'
  return open.every((state) => state === 'held') ? 'held' : 'pending'
}

/** The final state: `partial` when some devices were confirmed and others were not. */
function settledState(deliveries: readonly DeliveryState[]): OrderState {
  const confirmed = deliveries.filter((state) => state === 'confirmed').length
  if (confirmed === deliveries.length) return 'completed'
  if (confirmed > 0) return 'partial'
  return deliveries.every((state) => state === 'cancelled') ? 'cancelled' : 'failed'
}
