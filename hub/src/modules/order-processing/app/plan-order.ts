import type { JsonObject } from '@sutler/engine'
import type { Task } from '../../../engine/index.ts'
import { CallerError } from '../../../platform/errors.ts'
import { nextLook } from '../domain/jeopardy.ts'
import type { Order, OrderWithItems } from '../domain/order.ts'
import { tellOrders } from './conduct.ts'
import { decompose } from './decompose-order.ts'
import type { OrderDependencies } from './dependencies.ts'
import { prepareOrder } from './prepare-order.ts'
import { reasonsOf } from './reject-order.ts'
import { startDecomposed } from './start-order.ts'
import { changeSubscriptions, householdsOf } from './write-orders.ts'

/**
 * `orders.plan(order)`: the start of a scheduled order has come; it is decided on anew, on what the household has and is now. Ends
 * with `{possible, detail, look}`.
 */
export function ordersPlan(deps: OrderDependencies): Task {
  return { kind: 'external', run: ({ args }) => plan(deps, String(args['order'])) }
}

async function plan(deps: OrderDependencies, id: string): Promise<JsonObject> {
  const found = await deps.storage.order(id)
  const request = await deps.storage.requestOf(id)
  // Done before, by an attempt whose end was not heard.
  if (found === null || request === null || found.order.phase !== 'scheduled') return begun(deps, found?.order)
  try {
    const prepared = await prepareOrder(deps, found.order.tenant, request)
    return await deps.database.transaction(async (tx) => {
      const [locked] = await deps.storage.ordersForUpdate(tx, [id])
      if (locked?.order.phase !== 'scheduled') return begun(deps, locked?.order)
      const living = await deps.storage.livingSubscriptions(tx, householdsOf({ order: found.order, prepared }))
      const now = new Date(deps.clock.now())
      const reached = [{ name: 'begun' as const, at: now.toISOString() }]
      const milestones = [...locked.order.milestones, ...reached]
      const order: Order = { ...locked.order, phase: 'carrying-out', milestones, updatedAt: now }
      const decided = await decompose(deps, tx, order, prepared, living, locked.items)
      await changeSubscriptions(deps, tx, [decided])
      const { written, signals } = startDecomposed(decided)
      await deps.storage.replaceScheduled(tx, written)
      await deps.engine.send(tx, signals)
      await tellOrders(deps, tx, [{ order, items: written.items, moved: false, reached }])
      return begun(deps, order)
    })
  } catch (error) {
    if (!(error instanceof CallerError)) throw error
    return await reject(deps, found, error)
  }
}

/** What cannot be any more is rejected, with the reasons at its items. */
async function reject(deps: OrderDependencies, { order: { id } }: OrderWithItems, refusal: CallerError) {
  const now = new Date(deps.clock.now())
  await deps.database.transaction(async (tx) => {
    const [locked] = await deps.storage.ordersForUpdate(tx, [id])
    if (locked?.order.phase !== 'scheduled') return
    const { order, items } = locked
    const detail = refusal.message
    const rejected: OrderWithItems = {
      order: { ...order, phase: 'settled', state: 'rejected', detail, updatedAt: now, settledAt: now },
      items: items.map((item) => {
        const itemDetail = reasonsOf(refusal, item.position).join('; ')
        return { ...item, phase: 'over', state: 'rejected', detail: itemDetail }
      }),
    }
    await deps.storage.writeLed(tx, [rejected])
    await tellOrders(deps, tx, [{ ...rejected, moved: true, reached: [] }])
  })
  return { possible: false, detail: refusal.message, look: '' }
}

function begun(deps: OrderDependencies, order: Order | undefined): JsonObject {
  if (order === undefined || order.state === 'rejected')
    return { possible: false, detail: order?.detail ?? '', look: '' }
  return { possible: true, detail: '', look: new Date(nextLook(order, deps.clock.now())).toISOString() }
}
