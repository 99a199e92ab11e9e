import { notFound, type Decision, type Principal } from '../../../platform/access.ts'
import { CallerError } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import { isOver } from '../domain/order-states.ts'
import { orderSettled } from '../errors.ts'
import type { OrderDependencies } from './dependencies.ts'

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
): Promise<void> {
  const found = await deps.storage.order(id)
  if (found === null) throw new CallerError(notFound, `there is no order ${id}`)
  const { tenant, household, requestedBy } = found.order
  const decision = deps.access.authorise(principal, 'order.write', { tenant, household, owner: requestedBy })
  await cancelOrder(deps, { tenant, decision }, id, reason)
}

/**
 * Asks the lifecycles to cancel what is still open of an order; devices that are done stay as they are.
 * @throws CallerError `not-found`, `order-settled`
 */
export async function cancelOrder(deps: OrderDependencies, by: CancelledBy, id: string, reason: string): Promise<void> {
  const found = await deps.storage.order(id)
  if (found?.order.tenant !== by.tenant) throw new CallerError(notFound, `there is no order ${id}`)
  const open = found.items.filter((item) => !isOver(item.state))
  if (open.length === 0) throw new CallerError(orderSettled, `order ${id} is ${found.order.state}`)
  await deps.database.transaction(async (tx) => {
    tx.audit.decisions.push(by.decision)
    await deps.engine.send(
      tx,
      open.map((item) => ({
        to: `model:service-lifecycle/${item.subscription}`,
        id: newId('cancel', deps.clock.now()),
        type: 'cancel-order',
        args: { order: id, reason },
      })),
    )
  })
}
