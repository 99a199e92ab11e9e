import { dependentsOf } from './dependencies.ts'
import type { OrderItem } from './order.ts'

/**
 * The items that were never begun because `failed` had failed, and that wait again when it is tried again: those that wait for
 * nothing else that has failed.
 * @param possible whether its subscription still is as the item found it
 */
export function broughtBack(
  failed: OrderItem,
  items: readonly OrderItem[],
  possible: (item: OrderItem) => boolean,
): OrderItem[] {
  const waiting = dependentsOf(failed, items)
  const dropped = items.filter(
    (item) => waiting.has(item.position) && item.attempts === 0 && item.state === 'cancelled' && possible(item),
  )
  const back = new Set(dropped.map(({ position }) => position))
  const missed = new Set(
    items
      .filter(({ phase, state }) => phase === 'over' && state !== 'completed')
      .map(({ position }) => position)
      .filter((position) => position !== failed.position),
  )
  for (let changed = true; changed;) {
    const still = dropped.filter(
      ({ position, after }) => back.has(position) && after.some((each) => missed.has(each) && !back.has(each)),
    )
    for (const { position } of still) back.delete(position)
    changed = still.length > 0
  }
  return dropped
    .filter(({ position }) => back.has(position))
    .map((item) => ({ ...item, phase: 'waiting', state: 'acknowledged', detail: '' }))
}
