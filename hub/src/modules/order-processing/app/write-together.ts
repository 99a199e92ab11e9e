import type { OrderDependencies } from './dependencies.ts'
import type { NewOrder } from './storage.ts'
import { householdsOf, writeOrders, type OrderDraft, type Written } from './write-orders.ts'

export type Outcome = NewOrder | { readonly refusal: unknown }

/**
 * Writes many orders in few transactions. Orders that concern one household are written one after the other: each is decided on
 * what the one before left.
 */
export async function writeTogether(deps: OrderDependencies, drafts: readonly OrderDraft[]): Promise<Outcome[]> {
  const outcomes = new Map<OrderDraft, Outcome>()
  let rest = [...drafts]
  while (rest.length > 0) {
    const taken = new Set<string>()
    const turn = rest.filter((draft) => {
      const households = householdsOf(draft)
      const free = households.every((household) => !taken.has(household))
      // Also those of an order that has to wait: nothing overtakes it.
      for (const household of households) taken.add(household)
      return free
    })
    const written = await writeApart(deps, turn)
    for (const [index, draft] of turn.entries()) outcomes.set(draft, written[index]!)
    rest = rest.filter((draft) => !outcomes.has(draft))
  }
  return drafts.map((draft) => outcomes.get(draft)!)
}

/** In one transaction; when one order undoes it, each in its own, so that only that one fails. */
async function writeApart(deps: OrderDependencies, drafts: readonly OrderDraft[]): Promise<Outcome[]> {
  try {
    return await deps.database.transaction((tx): Promise<Written[]> => writeOrders(deps, tx, drafts))
  } catch (error) {
    if (drafts.length === 1) return [{ refusal: error }]
    const outcomes: Outcome[] = []
    for (const draft of drafts) outcomes.push(...(await writeApart(deps, [draft])))
    return outcomes
  }
}
