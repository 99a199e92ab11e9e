import type { JsonObject } from '@sutler/engine'
import type { Task } from '../../../engine/index.ts'
import { appendEvents } from '../../../platform/events.ts'
import { jeopardyOf, nextLook, type OpenDelivery } from '../domain/jeopardy.ts'
import { isOver } from '../domain/order-states.ts'
import { jeopardyEvent } from './delivery-events.ts'
import type { HouseholdDevice } from './prepare-order.ts'
import type { OrderDependencies } from './dependencies.ts'
import type { Delivery } from './storage.ts'

/** `orders.watch(order)`: whether an order is carried out in time. Ends with `{next}`, when to look again; '' when it is over. */
export function ordersWatch(deps: OrderDependencies): Task {
  return { kind: 'external', run: ({ args }) => watch(deps, String(args['order'])) }
}

async function watch(deps: OrderDependencies, id: string): Promise<JsonObject> {
  const found = await deps.storage.order(id)
  if (found === null || isOver(found.order.state)) return { next: '' }
  const { order } = found
  const now = new Date(deps.clock.now())
  const jeopardy = jeopardyOf(order, await openDeliveries(deps, id), now)
  await deps.database.transaction(async (tx) => {
    const [locked] = await deps.storage.ordersForUpdate(tx, [id])
    if (locked === undefined || isOver(locked.order.state)) return
    await deps.storage.setJeopardy(tx, id, jeopardy)
    if (jeopardy?.level === locked.order.jeopardy?.level) return
    await appendEvents(tx, deps.doorbells, [jeopardyEvent(order, jeopardy)])
  })
  return { next: new Date(nextLook(order, now.getTime())).toISOString() }
}

async function openDeliveries(deps: OrderDependencies, order: string): Promise<OpenDelivery[]> {
  const open = (await deps.storage.deliveriesOfOrder(order)).filter(({ settledAt }) => settledAt === null)
  const households = [...new Set(open.map(({ household }) => household))]
  const found = await deps.entities.devicesOfHouseholds(households)
  const devices = new Map(found.map((device) => [device.id, device]))
  return open.map((delivery) => openDelivery(delivery, devices.get(delivery.device)))
}

function openDelivery(
  { device, state, detail, updatedAt }: Delivery,
  found: HouseholdDevice | undefined,
): OpenDelivery {
  const away = found !== undefined && !found.reachable
  return {
    device,
    name: found?.name || device,
    state: state as OpenDelivery['state'],
    detail,
    since: updatedAt,
    unreachableSince: away ? new Date(found.reachableChangedAt ?? found.createdAt) : null,
  }
}
