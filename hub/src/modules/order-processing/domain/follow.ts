import type { FollowedOrder, Milestone, OrderItem, OrderWithItems } from './order.ts'
import { isOver, itemMoves, nextState, orderMoves, orderStateOf, type OrderState } from './order-states.ts'
import { stateOf, type DeliveryState } from './states.ts'

/**
 * Where an order and its items are, seen from their deliveries. What ends a conducted order and its items is decided elsewhere
 * (advance.ts), and so is whether they are cancelled: what devices say moves them among `acknowledged`, `pending`, `held` and
 * `inProgress` only.
 * @param states of each item's deliveries, by the item's id
 */
export function follow(
  { order, items }: OrderWithItems,
  states: ReadonlyMap<string, readonly DeliveryState[]>,
  now: Date,
): FollowedOrder {
  if (isOver(order.state)) return { order, items, moved: false, reached: [] }
  const seen = items.map((item) => followItem(item, states.get(item.id) ?? [], order.conducted))
  const live = orderStateOf(seen.map(({ state }) => state))
  const to = order.conducted && isOver(live) ? 'inProgress' : live
  const state = order.state === 'assessingCancellation' ? order.state : nextState(orderMoves, order.state, to)
  const confirmed = [...states.values()].some((own) => own.includes('confirmed'))
  const reached = confirmed ? milestones({ order, items }, 'firstDeviceConfirmed', now) : []
  const moved = state !== order.state
  const settledAt = isOver(state) ? (order.settledAt ?? now) : null
  const followed = { ...order, state, settledAt, milestones: [...order.milestones, ...reached] }
  return {
    order: moved || reached.length > 0 ? { ...followed, updatedAt: now } : followed,
    items: seen,
    moved,
    reached,
  }
}

function followItem(item: OrderItem, states: readonly DeliveryState[], conducted: boolean): OrderItem {
  if (states.length === 0 || item.phase === 'waiting' || isOver(item.state)) return item
  if (item.state === 'assessingCancellation') return item
  const live = stateOf(states)
  const to: OrderState = conducted && isOver(live) ? 'inProgress' : live
  return { ...item, state: nextState(itemMoves, item.state, to) }
}

/** The milestone, unless the order has passed it. */
export function milestones({ order }: OrderWithItems, name: Milestone['name'], now: Date): Milestone[] {
  if (order.milestones.some((passed) => passed.name === name)) return []
  return [{ name, at: now.toISOString() }]
}
