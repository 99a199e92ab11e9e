import type { Principal } from '../../../../platform/access.ts'
import type { Tx } from '../../../../platform/database.ts'
import { CallerError } from '../../../../platform/errors.ts'
import { newId } from '../../../../platform/ids.ts'
import type { OrderWithItems } from '../../../order-processing/index.ts'
import type { TmfNewOrder } from '../../contract-tmf.ts'
import type { Cancellation } from '../../domain/tmf/cancellation-view.ts'
import type { TmfObject } from '../../domain/tmf/fields.ts'
import { translateOrder, translateRefusal } from '../../domain/tmf/order-request.ts'
import { orderView } from '../../domain/tmf/order-view.ts'
import { linksOf, type TmfDependencies } from './dependencies.ts'

/**
 * Takes an order of TMF641: as POST /orders does, by the same code, and what it said beside that is kept with it.
 * @param also is written in the same transaction, with what the answer shows
 * @throws as POST /orders, with pointers into the TMF641 order; and as `translateOrder`
 */
export async function placeTmfOrder(
  deps: TmfDependencies,
  principal: Principal,
  order: TmfNewOrder,
  also: (tx: Tx, shown: TmfObject) => Promise<void>,
): Promise<TmfObject> {
  const { desk } = deps.orders
  const named = order.serviceOrderItem.flatMap(({ service }) => service.id ?? [])
  const known = await desk.named(principal, named)
  const services = new Map(
    known.map(({ id, household, service, commercial }) => [
      id,
      { id, household, service, suspended: commercial === 'barred' },
    ]),
  )
  const { request, kept, positions } = translateOrder(order, services)
  try {
    const written = await desk.create(principal, request, async (tx, made) => {
      await deps.tmf.keepOrder(tx.sql, principal.tenant, made.order.id, kept)
      await also(tx, orderView(made, kept, linksOf(deps)))
    })
    return orderView(written, kept, linksOf(deps))
  } catch (error) {
    throw error instanceof CallerError ? translateRefusal(error, positions) : error
  }
}

/** Orders as TMF641 shows them, those placed otherwise too. */
export async function showOrders(deps: TmfDependencies, found: readonly OrderWithItems[]): Promise<TmfObject[]> {
  const ids = found.map(({ order }) => order.id)
  const kept = await deps.tmf.keptOrders(deps.database.sql, ids)
  const links = linksOf(deps)
  return found.map((each) => orderView(each, kept.get(each.order.id) ?? null, links))
}

/** Asks to cancel an order, and keeps that. @throws CallerError `not-found`, `forbidden`, `order-settled` */
export async function cancelTmfOrder(
  deps: TmfDependencies,
  principal: Principal,
  order: string,
  reason: string,
  also: (tx: Tx, asked: Cancellation) => Promise<void>,
): Promise<Cancellation> {
  // Who may cancel nothing is told so, and not what orders there are.
  deps.access.scope(principal, 'order.write')
  const { household, requestedBy: owner } = (await deps.orders.desk.order(principal, order)).order
  const now = deps.clock.now()
  const asked = {
    id: newId('can', now),
    order,
    household,
    owner,
    reason,
    askedBy: principal.id,
    askedAt: new Date(now),
  }
  await deps.orders.desk.cancel(principal, order, reason, async (tx) => {
    await deps.tmf.addCancellation(tx.sql, asked)
    await also(tx, asked)
  })
  return asked
}
