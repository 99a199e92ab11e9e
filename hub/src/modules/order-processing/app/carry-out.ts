import type { Task, TaskEnd } from '../../../engine/index.ts'

/**
 * `orders.carriedOut(order, item, result, detail)`: a subscription's lifecycle has done what an item asked for, or could not.
 * The item's state still follows from its deliveries alone.
 */
export function ordersCarriedOut(): Task {
  return { kind: 'transactional', run: async (_tx, calls) => calls.map((): TaskEnd => ({ done: {} })) }
}
