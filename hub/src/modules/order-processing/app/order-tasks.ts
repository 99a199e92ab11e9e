import type { Task, TaskEnd } from '../../../engine/index.ts'
import { giveUp, stopOrder } from '../domain/advance.ts'
import { cancellationRefusal } from '../domain/assess-cancellation.ts'
import { isOver, itemMoves, nextState, type OrderState } from '../domain/order-states.ts'
import type { OrderItem } from '../domain/order.ts'
import { conduct, type Conduct, type Conducting } from './conduct.ts'
import type { Delivery, FoundOrder } from './storage.ts'

/** Engine tasks by which the `service-order` pattern stops orders. Each takes a whole batch at a time. */

/** `orders.assess(order, reason)`: cancels the order, or says that it is too late. Ends with `{possible, detail}`. */
export function ordersAssess(deps: Conducting): Task {
  return {
    kind: 'transactional',
    async run(tx, calls) {
      const reasons = new Map(calls.map(({ args }) => [String(args['order']), String(args['reason'])]))
      const locked = await deps.storage.ordersForUpdate(tx, [...reasons.keys()])
      const items = locked.flatMap((each) => each.items.map(({ id }) => id))
      const deliveries = Map.groupBy(await deps.storage.deliveriesOfItems(tx, items), ({ order }) => order)
      const refusals = new Map<string, string>()
      await conduct(deps, tx, locked, (order) => {
        const refusal = refusalOf(order, deliveries.get(order.order.id) ?? [])
        if (refusal === null) return cancelled(order, reasons.get(order.order.id)!)
        refusals.set(order.order.id, refusal)
        return isOver(order.order.state) ? null : goesOn(order, refusal)
      })
      return calls.map(({ args }): TaskEnd => {
        const refusal = refusals.get(String(args['order']))
        return { done: { possible: refusal === undefined, detail: refusal ?? '' } }
      })
    },
  }
}

/** `orders.stop(order, reason)`: cancels what is open, whatever it is. Ends with `{}`. */
export function ordersStop(deps: Conducting): Task {
  return stopping(deps, cancelled)
}

/** `orders.giveUp(order, reason)`: what was not answered for is failed. Ends with `{}`. */
export function ordersGiveUp(deps: Conducting): Task {
  return stopping(deps, giveUp)
}

function stopping(deps: Conducting, stop: (found: FoundOrder, reason: string) => Conduct): Task {
  return {
    kind: 'transactional',
    async run(tx, calls) {
      const reasons = new Map(calls.map(({ args }) => [String(args['order']), String(args['reason'])]))
      const locked = await deps.storage.ordersForUpdate(tx, [...reasons.keys()])
      await conduct(deps, tx, locked, (found) =>
        isOver(found.order.state) ? null : stop(found, reasons.get(found.order.id)!),
      )
      return calls.map((): TaskEnd => ({ done: {} }))
    },
  }
}

function refusalOf({ order, items }: FoundOrder, deliveries: readonly Delivery[]): string | null {
  if (isOver(order.state)) return `it is ${order.state}`
  if (order.phase === 'restoring') return 'what it changed is being put back already'
  return cancellationRefusal(items, deliveries)
}

function cancelled({ order, items }: FoundOrder, reason: string): Conduct {
  return stopOrder({ order: { ...order, phase: 'cancelling' }, items: moved(items, 'pendingCancellation') }, reason)
}

/** Its items say again what their devices do at the next word of theirs. */
function goesOn({ order, items }: FoundOrder, refusal: string): Conduct {
  const detail = `not cancelled: ${refusal}`
  const still = { begin: [], restore: [], withdraw: [], drop: [] }
  return { order: { ...order, detail }, items: moved(items, 'inProgress'), ...still }
}

/** Those that are not over. */
export function moved(items: readonly OrderItem[], to: OrderState): OrderItem[] {
  return items.map((item) => (isOver(item.state) ? item : { ...item, state: nextState(itemMoves, item.state, to) }))
}
