import type { Task, TaskEnd } from '../../../engine/index.ts'
import { advance, answered, type Result } from '../domain/advance.ts'
import { conduct, type Conduct, type Conducting } from './conduct.ts'
import type { FoundOrder } from './storage.ts'

interface Answer {
  readonly order: string
  readonly item: string
  readonly result: Result
  readonly detail: string
}

/**
 * `orders.carriedOut(order, item, result, detail)`: a subscription's lifecycle has done what an item asked for, or could not; what
 * waits for it begins, or the order is over. Ends with `{}`.
 */
export function ordersCarriedOut(deps: Conducting): Task {
  return {
    kind: 'transactional',
    async run(tx, calls) {
      const answers = Map.groupBy(
        calls.map(({ args }) => args as unknown as Answer),
        ({ order }) => order,
      )
      const locked = await deps.storage.ordersForUpdate(tx, [...answers.keys()])
      await conduct(deps, tx, locked, (found) => carriedOut(found, answers.get(found.order.id) ?? []))
      return calls.map((): TaskEnd => ({ done: {} }))
    },
  }
}

/** Null for orders from before they were led: theirs is what their deliveries are. */
function carriedOut(found: FoundOrder, answers: readonly Answer[]): Conduct | null {
  if (!found.order.conducted) return null
  const items = found.items.map((item) => {
    const own = answers.find((answer) => answer.item === item.id)
    if (own === undefined) return item
    return answered(item, own.result, own.detail, own.result !== 'cancelled' && undoes(found, item.id, own.result))
  })
  const tell = answers.map(({ item, result, detail }) => {
    const attempts = items.find(({ id }) => id === item)?.attempts ?? 0
    return { id: `${item}/${attempts}/${result}`, type: 'carried-out', args: { item, result, detail } }
  })
  return { ...advance({ order: found.order, items }), tell }
}

/** A device that failed or declined undoes, one that was never reached does not; without any device the lifecycle has refused. */
function undoes({ broke }: FoundOrder, item: string, result: Result): boolean {
  if (result === 'completed') return false
  const found = broke.get(item)
  return found === undefined ? result === 'failed' : found
}
