/**
 * The states of orders, items and deliveries. Orders and items use TMF641's names (TMF641 v4, ServiceOrderStateType);
 * a delivery has its own, finer ones, which are the states of the `delivery` pattern.
 */

export const orderStates = [
  'acknowledged',
  'pending',
  'held',
  'inProgress',
  'completed',
  'failed',
  'partial',
  'cancelled',
] as const
export type OrderState = (typeof orderStates)[number]

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

const overStates: ReadonlySet<OrderState> = new Set(['completed', 'failed', 'partial', 'cancelled'])

/** Whether nothing further happens to an order or item in this state. */
export function isOver(state: OrderState): boolean {
  return overStates.has(state)
}

/** An order's final state from its items' final states. */
export function orderStateOf(items: readonly OrderState[]): OrderState {
  const [first] = items
  if (first !== undefined && items.every((state) => state === first)) return first
  const settled = items.every(isOver)
  if (settled) return 'partial'
  for (const state of ['inProgress', 'pending', 'held', 'acknowledged'] as const)
    if (items.includes(state)) return state
  return 'inProgress'
}
