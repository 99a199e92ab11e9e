import { notFound, type Principal } from '../../../platform/access.ts'
import type { Tx } from '../../../platform/database.ts'
import { CallerError } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import { nextLook } from '../domain/jeopardy.ts'
import type { Order, OrderItem, OrderWithItems } from '../domain/order.ts'
import { itemNotFailed, orderUndone, retryTooLate } from '../errors.ts'
import { bringBack } from './bring-back.ts'
import { tellOrders } from './conduct.ts'
import type { OrderDependencies } from './dependencies.ts'
import { lastDeliveries } from './last-deliveries.ts'
import { lifecycleSignal } from './lifecycle-signals.ts'
import type { Delivery, FoundOrder, NewDelivery } from './storage.ts'

/** As long as its instance waits: `incomplete` in service-order.pattern. */
const retryable = 30 * 86_400_000

/**
 * Tries a failed item of an order again, on the devices that did not get it: as it was ordered, beside whatever else the order does.
 * What was never begun because it had failed waits for it again.
 * @throws CallerError `not-found`, `forbidden`, `item-not-failed`, `order-undone`, `retry-too-late`
 */
export async function retryItem(
  deps: OrderDependencies,
  principal: Principal,
  id: string,
  item: string,
): Promise<void> {
  const seen = await deps.storage.order(id)
  if (seen === null) throw new CallerError(notFound, `there is no order ${id}`)
  const { tenant, household, requestedBy } = seen.order
  deps.access.authorise(principal, 'order.write', { tenant, household, owner: requestedBy })
  await deps.database.transaction(async (tx) => {
    const targets = seen.items.flatMap(({ to }) => to ?? [])
    const [found] = await deps.storage.ordersForUpdate(tx, [id])
    const living = await deps.storage.livingSubscriptions(tx, [household, ...targets])
    await requireHere(deps, tx, id, [household, ...targets])
    const failed = checked(found, id, item, deps.clock.now())
    if ((await deps.storage.overtaken(tx, [item])).has(item))
      throw new CallerError(retryTooLate, `a newer order has changed ${failed.service} since item ${item} failed`)
    const now = new Date(deps.clock.now())
    const back = await bringBack(deps, tx, found!, failed, living, now)
    const waiting = new Map(back.map((each) => [each.id, each]))
    const last = lastDeliveries(await deps.storage.deliveriesOfItems(tx, [item, ...waiting.keys()]))
    const missing = last.filter(({ state }) => state !== 'confirmed')
    const again: OrderItem = {
      ...failed,
      phase: 'begun',
      state: 'inProgress',
      undoes: false,
      attempts: failed.attempts + 1,
    }
    const deliveries = missing.map((delivery) => anew(delivery, newId('dlv', deps.clock.now())))
    const order: Order = {
      ...found!.order,
      phase: 'carrying-out',
      state: 'inProgress',
      detail: '',
      settledAt: null,
      updatedAt: now,
    }
    const led: OrderWithItems = {
      order,
      items: found!.items.map((each) => (each.id === item ? again : (waiting.get(each.id) ?? each))),
    }
    await deps.storage.addDeliveries(tx, deliveries, now)
    await deps.storage.writeLed(tx, [led])
    const look = new Date(nextLook(order, now.getTime())).toISOString()
    await deps.engine.send(tx, [
      {
        to: `model:service-order/${id}`,
        id: `${item}/${again.attempts}/again`,
        type: 'tried-again',
        args: { item, look },
      },
      lifecycleSignal(tenant, again, deliveries),
    ])
    const moved = found!.order.state !== order.state
    await tellOrders(deps, tx, [{ ...led, moved, reached: [] }])
  })
}

/** @throws CallerError `retry-too-late` where one of the households was given up for another */
async function requireHere({ entities }: OrderDependencies, tx: Tx, order: string, households: readonly string[]) {
  const here = await entities.households(households, tx.sql)
  const gone = households.find((household) => !here.some(({ id }) => id === household))
  if (gone !== undefined)
    throw new CallerError(retryTooLate, `household ${gone} of order ${order} was merged into another: order it there`)
}

function checked(found: FoundOrder | undefined, id: string, item: string, now: number): OrderItem {
  const failed = found?.items.find((each) => each.id === item)
  if (found === undefined || failed === undefined) throw new CallerError(notFound, `order ${id} has no item ${item}`)
  const { order } = found
  if (failed.state !== 'failed' && failed.state !== 'partial')
    throw new CallerError(itemNotFailed, `item ${item} of order ${id} is ${failed.state}`)
  if (order.undoing !== null || order.phase === 'restoring' || order.phase === 'cancelling')
    throw new CallerError(orderUndone, `order ${id} was put back as a whole: ${order.detail}`)
  const since = order.settledAt?.getTime() ?? now
  if (!order.conducted || now - since > retryable)
    throw new CallerError(retryTooLate, `order ${id} has been ${order.state} since ${order.settledAt?.toISOString()}`)
  return failed
}

function anew(delivery: Delivery, id: string): NewDelivery {
  const { tenant, order, item, subscription, household, device, kind, service, version } = delivery
  const { component, manifest, manifestSize, files, bytes, turn, purpose } = delivery
  const what = { component, manifest, manifestSize, files, bytes, turn, purpose }
  return { id, tenant, order, item, subscription, household, device, kind, service, version, ...what }
}
