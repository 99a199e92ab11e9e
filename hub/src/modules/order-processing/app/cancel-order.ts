import { notFound, type Principal } from '../../../platform/access.ts'
import { CallerError } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import { orderSettled } from '../errors.ts'
import type { OrderDependencies } from './dependencies.ts'

const settled: ReadonlySet<string> = new Set(['completed', 'failed', 'partial', 'cancelled'])

/**
 * Asks the lifecycles to cancel what is still open of an order; devices that are done stay as they are.
 * @throws CallerError `not-found`, `order-settled`
 */
export async function cancelOrder(
  deps: OrderDependencies,
  principal: Principal,
  id: string,
  reason: string,
): Promise<void> {
  const found = await deps.storage.order(id)
  if (found === null) throw new CallerError(notFound, `there is no order ${id}`)
  const { tenant, household, requestedBy } = found.order
  deps.access.authorise(principal, 'order.write', { tenant, household, owner: requestedBy })
  const open = found.items.filter((item) => !settled.has(item.state))
  if (open.length === 0) throw new CallerError(orderSettled, `order ${id} is ${found.order.state}`)
  await deps.database.transaction((tx) =>
    deps.engine.send(
      tx,
      open.map((item) => ({
        to: `model:service-lifecycle/${item.subscription}`,
        id: newId('cancel', deps.clock.now()),
        type: 'cancel-order',
        args: { order: id, reason },
      })),
    ),
  )
}
