import { newId } from '../../../platform/ids.ts'
import { grouped } from '../../../platform/grouped.ts'
import type { Principal } from '../../../platform/access.ts'
import type { OrderRequest } from '../contract.ts'
import type { OrderDependencies } from './dependencies.ts'
import { prepareOrder } from './prepare-order.ts'
import type { NewOrder, Order } from './storage.ts'
import { writeOrders, type OrderDraft, type Written } from './write-orders.ts'

/**
 * Takes an order. `also` is written in the same transaction.
 * @throws CallerError naming the item by JSON pointer, nothing being written then; OutsideError `overloaded`
 */
type CreateOrder = (principal: Principal, request: OrderRequest, also?: OrderDraft['also']) => Promise<NewOrder>

/** Orders that share a transaction; orders that may wait. */
const group = { most: 50, waiting: 5_000 }

/**
 * Takes orders: checks each, decomposes it into deliveries and hands each subscription's part to its `service-lifecycle`
 * instance, all in one transaction, which orders that come at the same time share. The lifecycle drops what is still open of
 * older orders: the newest intention wins.
 */
export function orderCreation(deps: OrderDependencies): CreateOrder {
  const write = grouped<OrderDraft, Outcome>(group, (drafts) => writeTogether(deps, drafts))
  return async (principal, request, also = nothing) => {
    const decision = deps.access.authorise(principal, 'order.write', {
      household: request.household,
      owner: principal.id,
    })
    const prepared = await prepareOrder(deps, principal.tenant, request)
    const now = new Date(deps.clock.now())
    const order: Order = {
      id: newId('ord', deps.clock.now()),
      tenant: principal.tenant,
      household: request.household,
      requestedBy: principal.id,
      decision: decision.id,
      reference: request.reference ?? null,
      state: 'acknowledged',
      createdAt: now,
      updatedAt: now,
    }
    const outcome = await write({ order, decision, prepared, also })
    if ('refusal' in outcome) throw outcome.refusal
    return outcome
  }
}

async function nothing(): Promise<void> {}

type Outcome = NewOrder | { readonly refusal: unknown }

/** Orders of one household are written one after the other: each is decided on what the one before left. */
async function writeTogether(deps: OrderDependencies, drafts: readonly OrderDraft[]): Promise<Outcome[]> {
  const outcomes = new Map<OrderDraft, Outcome>()
  let rest = [...drafts]
  while (rest.length > 0) {
    const turn = [...new Map(rest.toReversed().map((draft) => [draft.order.household, draft])).values()].toReversed()
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
