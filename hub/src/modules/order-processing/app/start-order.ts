import type { OutsideSignal } from '../../../engine/index.ts'
import { advance } from '../domain/advance.ts'
import { nextLook } from '../domain/jeopardy.ts'
import { lifecycleSignal } from './lifecycle-signals.ts'
import type { NewOrder, Order } from './storage.ts'

/** An order that was decided on, with the items that begin at once, and what their lifecycles are told. */
export function startDecomposed<O extends NewOrder>(decided: O): { written: O; signals: OutsideSignal[] } {
  const { items, begin } = advance(decided)
  const { tenant } = decided.order
  return {
    written: { ...decided, items },
    signals: begin.map((item) => lifecycleSignal(tenant, item, decided.deliveries)),
  }
}

/** Makes the instance that leads the order. */
export function placedSignal(order: Order, now: number): OutsideSignal {
  const start = order.phase === 'scheduled' ? (order.requestedStart?.toISOString() ?? '') : ''
  return {
    to: `model:service-order/${order.id}`,
    id: 'placed',
    type: 'placed',
    args: { start, look: new Date(nextLook(order, now)).toISOString() },
    create: { tenant: order.tenant },
  }
}
