import { notFound, type Decision, type Principal } from '../../../platform/access.ts'
import type { Tx } from '../../../platform/database.ts'
import { CallerError } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import type { OrderItem, OrderWithItems } from '../domain/order.ts'
import { isOver } from '../domain/order-states.ts'
import { orderSettled } from '../errors.ts'
import { tellOrders } from './conduct.ts'
import type { OrderDependencies } from './dependencies.ts'
import { moved } from './order-tasks.ts'
import type { FoundOrder } from './storage.ts'

/** Who or what cancels, and on what decision. */
export interface CancelledBy {
  readonly tenant: string
  readonly decision: Decision
}

/** As a person or a system with a key asks. @throws as cancelOrder, CallerError `forbidden` */
export async function cancelOwnOrder(
  deps: OrderDependencies,
  principal: Principal,
  id: string,
  reason: string,
  also?: (tx: Tx) => Promise<void>,
): Promise<void> {
  const found = await deps.storage.order(id)
  if (found === null) throw noOrder(id)
  const { tenant, household, requestedBy } = found.order
  const decision = deps.access.authorise(principal, 'order.write', { tenant, household, owner: requestedBy })
  await cancelOrder(deps, { tenant, decision }, id, reason, also)
}

/**
 * Asks to cancel what is still open of an order: it is assessed first, for a device that installs already ends what it has begun.
 * @param also is written in the same transaction
 * @throws CallerError `not-found`, `order-settled`
 */
export async function cancelOrder(
  deps: OrderDependencies,
  by: CancelledBy,
  id: string,
  reason: string,
  also?: (tx: Tx) => Promise<void>,
): Promise<void> {
  await deps.database.transaction(async (tx) => {
    const [found] = await deps.storage.ordersForUpdate(tx, [id])
    if (found?.order.tenant !== by.tenant) throw noOrder(id)
    const open = found.items.filter((item) => !isOver(item.state))
    if (open.length === 0 || isOver(found.order.state))
      throw new CallerError(orderSettled, `order ${id} is ${found.order.state}`)
    tx.audit.decisions.push(by.decision)
    if (found.order.conducted) await assess(deps, tx, found, reason)
    else await withdraw(deps, tx, id, open, reason)
    await also?.(tx)
  })
}

/** An order that is being cancelled already is not asked again. */
async function assess(deps: OrderDependencies, tx: Tx, found: FoundOrder, reason: string): Promise<void> {
  const { order } = found
  if (order.phase === 'cancelling' || order.phase === 'restoring' || order.state === 'assessingCancellation') return
  const now = new Date(deps.clock.now())
  const asked: OrderWithItems = {
    order: { ...order, state: 'assessingCancellation', updatedAt: now },
    items: moved(found.items, 'assessingCancellation'),
  }
  await deps.storage.writeLed(tx, [asked])
  await tellOrders(deps, tx, [{ ...asked, moved: true, reached: [] }])
  const to = `model:service-order/${order.id}`
  const signal = { to, id: newId('cancel', deps.clock.now()), type: 'cancel-asked', args: { reason } }
  await deps.engine.send(tx, [{ ...signal, missing: 'ignore' }])
}

/** An order from before they were led: its lifecycles are told themselves. */
async function withdraw(
  deps: OrderDependencies,
  tx: Tx,
  id: string,
  open: readonly OrderItem[],
  reason: string,
): Promise<void> {
  await deps.engine.send(
    tx,
    open.map((item) => ({
      to: `model:service-lifecycle/${item.subscription}`,
      id: newId('cancel', deps.clock.now()),
      type: 'cancel-order',
      args: { order: id, reason },
    })),
  )
}

function noOrder(id: string): CallerError {
  return new CallerError(notFound, `there is no order ${id}`)
}
