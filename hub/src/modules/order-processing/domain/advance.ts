import type { Order, OrderItem, OrderWithItems } from './order.ts'
import { dependentsOf } from './dependencies.ts'
import { isOver, type OrderState } from './order-states.ts'

/**
 * Leading an order: what happens next to its items, given what has come of them so far. Pure; nothing is looked up or sent here.
 */

/** An order as it is led from now on, and what is to be done for it: items by what they are to be given to their lifecycles for. */
export interface Advanced extends OrderWithItems {
  readonly begin: readonly OrderItem[]
  readonly restore: readonly OrderItem[]
  /** Given to the lifecycle before, and to be cancelled there. */
  readonly withdraw: readonly OrderItem[]
  /** Never given to the lifecycle, and over now. */
  readonly drop: readonly OrderItem[]
}

/** What the lifecycle says came of an item. */
export type Result = 'completed' | 'partial' | 'failed' | 'cancelled'

/** @param undoes whether a device failed or declined, which undoes an order that is all or nothing */
export function answered(item: OrderItem, result: Result, detail: string, undoes: boolean): OrderItem {
  if (item.phase === 'restoring') return putBack(item, result, detail)
  if (item.phase !== 'begun') return item
  const said = [item.detail, detail].filter((part) => part !== '').join('; ')
  return { ...item, phase: 'over', state: result, undoes, detail: result === 'completed' ? item.detail : said }
}

/** A newer order that has taken its place is what there is now: nothing is left to put back. */
function putBack(item: OrderItem, result: Result, detail: string): OrderItem {
  if (result === 'partial' || result === 'failed')
    return {
      ...item,
      phase: 'restored',
      state: 'failed',
      detail: [item.detail, `could not be put back everywhere: ${detail}`].filter((part) => part !== '').join('; '),
    }
  return { ...item, phase: 'restored', state: item.undoes ? 'failed' : 'cancelled' }
}

/** What is next; the order it is given when nothing is. */
export function advance(found: OrderWithItems): Advanced {
  const { order, items } = found
  const still = { ...found, begin: [], restore: [], withdraw: [], drop: [] }
  if (order.phase === 'settled' || order.phase === 'scheduled') return still
  if (order.phase === 'restoring') return takeBack(order, items)
  if (order.phase === 'carrying-out' && order.allOrNothing && items.some(({ undoes }) => undoes))
    return stopFor(order, items, 'failed')
  if (order.phase === 'cancelling') return cancelling(order, items)
  return carryOut(order, items)
}

/** Gives up what is open: what has not begun is dropped, what has is withdrawn. */
export function stopOrder(found: OrderWithItems, reason: string): Advanced {
  const { order } = found
  const stopped = dropAll({ ...order, phase: 'cancelling', detail: reason }, found.items, reason)
  const advanced = advance(stopped)
  return { ...advanced, drop: [...stopped.drop, ...advanced.drop], withdraw: withPhase(stopped.items, 'begun') }
}

/** What has not been answered for is not waited for any longer. */
export function giveUp(found: OrderWithItems, reason: string): Advanced {
  const items = found.items.map((item) => {
    if (item.phase === 'restoring') return putBack(item, 'failed', reason)
    return item.phase === 'begun' ? answered(item, 'failed', reason, false) : item
  })
  return advance({ ...found, items })
}

function carryOut(order: Order, given: readonly OrderItem[]): Advanced {
  const begin: OrderItem[] = []
  const drop: OrderItem[] = []
  let items = given
  // Dropping one may drop those that wait for it.
  for (let changed = true; changed;) {
    changed = false
    for (const item of items) {
      const next = item.phase === 'waiting' ? nextOf(order, item, items) : item
      if (next === item) continue
      items = items.map((each) => (each === item ? next : each))
      if (next.phase === 'begun') begin.push(next)
      else drop.push(next)
      changed = true
      break
    }
  }
  const done = items.every(({ phase }) => phase === 'over')
  return { order: done ? settle(order, items) : order, items, begin, drop, restore: [], withdraw: [] }
}

function nextOf(order: Order, item: OrderItem, items: readonly OrderItem[]): OrderItem {
  const before = items.filter(({ position }) => item.after.includes(position))
  const missed = before.find(({ phase, state }) => phase === 'over' && state !== 'completed')
  if (missed !== undefined) return dropped(item, `${missed.action} ${missed.service} came first and is ${missed.state}`)
  if (before.some(({ phase }) => phase !== 'over')) return item
  if (order.allOrNothing && item.action === 'remove' && !mayRemove(items)) return item
  return { ...item, phase: 'begun', attempts: item.attempts + 1 }
}

/**
 * A removed subscription is over for good. So that there is little to put back when something fails, an all-or-nothing order
 * begins to remove when everything else that waits for no removal is carried out.
 */
function mayRemove(items: readonly OrderItem[]): boolean {
  const waiting = new Set(
    items.filter(({ action }) => action === 'remove').flatMap((removal) => [...dependentsOf(removal, items)]),
  )
  return items.every(({ action, phase, position }) => action === 'remove' || phase === 'over' || waiting.has(position))
}

function cancelling(order: Order, items: readonly OrderItem[]): Advanced {
  const still = { order, items, begin: [], restore: [], withdraw: [], drop: [] }
  if (items.some(({ phase }) => phase === 'begun' || phase === 'waiting')) return still
  const changed = items.some(needsRestoring)
  // All of it was carried out before the cancellation came: it stays.
  if (!order.allOrNothing || !changed || items.every(({ state }) => state === 'completed'))
    return { ...still, order: settle(order, items) }
  return takeBack({ ...order, phase: 'restoring', undoing: 'cancelled' }, items)
}

function stopFor(order: Order, items: readonly OrderItem[], undoing: 'failed' | 'cancelled'): Advanced {
  const failed = items.find(({ undoes }) => undoes)
  const reason = failed === undefined ? order.detail : `${failed.action} ${failed.service}: ${failed.detail}`
  const stopped = dropAll(
    { ...order, phase: 'restoring', undoing, detail: reason },
    items,
    `the order is taken back: ${reason}`,
  )
  const advanced = takeBack(stopped.order, stopped.items)
  return { ...advanced, drop: stopped.drop, withdraw: withPhase(stopped.items, 'begun') }
}

/** Last begun, first put back; not before everything that is still under way has been answered for. */
function takeBack(order: Order, given: readonly OrderItem[]): Advanced {
  const still = { order, items: given, begin: [], restore: [], withdraw: [], drop: [] }
  if (given.some(({ phase }) => phase === 'begun')) return still
  const left = given.filter((item) => needsRestoring(item) || item.phase === 'restoring')
  if (left.length === 0) return { ...still, order: settle(order, given) }
  const ready = left.filter((item) => {
    const later = dependentsOf(item, given)
    return needsRestoring(item) && !left.some((other) => later.has(other.position))
  })
  const chosen = new Map(
    ready.map((item): [OrderItem, OrderItem] => [item, { ...item, phase: 'restoring', state: 'inProgress' }]),
  )
  const items = given.map((item) => chosen.get(item) ?? item)
  return { ...still, items, restore: [...chosen.values()] }
}

/** What ended `cancelled` has gone back by itself, or a newer order has taken its place. */
function needsRestoring({ phase, state }: OrderItem): boolean {
  return phase === 'over' && (state === 'completed' || state === 'partial' || state === 'failed')
}

function dropAll(order: Order, items: readonly OrderItem[], reason: string): OrderWithItems & { drop: OrderItem[] } {
  const drop: OrderItem[] = []
  const left = items.map((item) => {
    if (item.phase !== 'waiting') return item
    const gone = dropped(item, reason)
    drop.push(gone)
    return gone
  })
  return { order, items: left, drop }
}

function dropped(item: OrderItem, reason: string): OrderItem {
  return { ...item, phase: 'over', state: 'cancelled', detail: `not begun: ${reason}` }
}

function withPhase(items: readonly OrderItem[], wanted: OrderItem['phase']): OrderItem[] {
  return items.filter(({ phase }) => phase === wanted)
}

function settle(order: Order, items: readonly OrderItem[]): Order {
  return { ...order, phase: 'settled', state: outcomeOf(order, items), detail: whyOf(order, items) }
}

/** The final state from those of the items. */
export function outcomeOf({ undoing }: Pick<Order, 'undoing'>, items: readonly Pick<OrderItem, 'state'>[]): OrderState {
  const states = items.map(({ state }) => state)
  if (undoing !== null) return undoing === 'cancelled' && !states.includes('failed') ? 'cancelled' : 'failed'
  if (states.every((state) => state === 'completed')) return 'completed'
  if (states.some((state) => state === 'completed' || state === 'partial')) return 'partial'
  return states.every((state) => state === 'cancelled') ? 'cancelled' : 'failed'
}

function whyOf(order: Order, items: readonly OrderItem[]): string {
  if (order.detail !== '') return order.detail
  const said = items
    .filter(({ state }) => isOver(state) && state !== 'completed')
    .map(({ action, service, detail }) => `${action} ${service}: ${detail}`)
  return said.slice(0, 20).join('; ').slice(0, 2000)
}
