import type { Advanced } from './advance.ts'
import { milestones } from './follow.ts'
import type { FollowedOrder, Milestone, Order, OrderWithItems } from './order.ts'
import { isOver, nextState, orderMoves, orderStateOf, type OrderState } from './order-states.ts'

/** An order as it is after a step of its being led, with what is to be told of it. */
export function led(before: OrderWithItems, { order, items }: Advanced, now: Date): FollowedOrder {
  const state = nextState(orderMoves, before.order.state, stateAfter(order, items))
  const reached = reachedBy(before, order, now)
  const moved = state !== before.order.state
  const ended = isOver(state)
  const jeopardy = ended ? null : order.jeopardy
  const settledAt = ended ? now : null
  const all = [...order.milestones, ...reached]
  return { order: { ...order, state, jeopardy, settledAt, milestones: all, updatedAt: now }, items, moved, reached }
}

function stateAfter(order: Order, items: OrderWithItems['items']): OrderState {
  if (order.phase === 'settled') return order.state
  if (order.phase === 'restoring') return 'inProgress'
  if (order.phase === 'cancelling') return 'pendingCancellation'
  const live = orderStateOf(items.map(({ state }) => state))
  return isOver(live) ? 'inProgress' : live
}

function reachedBy(before: OrderWithItems, order: Order, now: Date): Milestone[] {
  if (order.state === 'completed') return milestones(before, 'allDevicesConfirmed', now)
  const back = order.phase === 'settled' && before.order.phase === 'restoring'
  return back ? milestones(before, 'takenBack', now) : []
}
