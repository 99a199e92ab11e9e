import type { JsonObject } from '@sutler/engine'
import type { Task } from '../../../engine/index.ts'
import { appendEvents } from '../../../platform/events.ts'
import { jeopardyOf, nextLook, type OpenDelivery } from '../domain/jeopardy.ts'
import type { Jeopardy, Order } from '../domain/order.ts'
import { isOver } from '../domain/order-states.ts'
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
  const jeopardy = jeopardyOf(order, await openDeliveries(deps, order), now)
  await deps.database.transaction(async (tx) => {
    const [locked] = await deps.storage.ordersForUpdate(tx, [id])
    if (locked === undefined || isOver(locked.order.state)) return
    await deps.storage.setJeopardy(tx, id, jeopardy)
    if (jeopardy?.level === locked.order.jeopardy?.level) return
    await appendEvents(tx, deps.doorbells, [jeopardyEvent(order, jeopardy)])
  })
  return { next: new Date(nextLook(order, now.getTime())).toISOString() }
}

async function openDeliveries(deps: OrderDependencies, order: Order): Promise<OpenDelivery[]> {
  const whole = { tenant: order.tenant, all: true, households: [], owner: '' }
  const all = await deps.storage.deliveries({ order: order.id, limit: 10_000, after: undefined }, whole)
  const open = all.filter(({ settledAt }) => settledAt === null)
  const devices = new Map<string, HouseholdDevice>()
  for (const household of new Set(open.map((delivery) => delivery.household)))
    for (const device of await deps.entities.devicesOfHousehold(household)) devices.set(device.id, device)
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

function jeopardyEvent(order: Order, jeopardy: Jeopardy | null) {
  const { reference, origin } = order
  const why = jeopardy ?? { level: 'none', message: 'it is in time again', cause: '' }
  return {
    type: 'order.jeopardy',
    subject: order.id,
    tenant: order.tenant,
    household: order.household,
    data: { reference, origin, level: why.level, message: why.message, cause: why.cause },
  }
}
