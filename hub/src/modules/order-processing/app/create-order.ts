import { CallerError } from '../../../platform/errors.ts'
import { appendEvents } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import type { Principal } from '../../../platform/access.ts'
import type { Tx } from '../../../platform/database.ts'
import type { OrderRequest } from '../contract.ts'
import { planRemoval, type Plan } from '../domain/decompose.ts'
import { noSubscription, subscriptionExists } from '../errors.ts'
import { checkRelations } from './check-relations.ts'
import type { OrderDependencies } from './dependencies.ts'
import { at, leftOut, prepareOrder, refuse, type PreparedItem } from './prepare-order.ts'
import type { NewDelivery, Order, OrderItem, Subscription } from './storage.ts'

/**
 * Takes an order: checks it, decomposes it into deliveries and hands each subscription's part to its `service-lifecycle`
 * instance, all in one transaction. The lifecycle drops what is still open of older orders: the newest intention wins.
 * @throws CallerError naming the item by JSON pointer; nothing is written then
 */
export async function createOrder(
  deps: OrderDependencies,
  principal: Principal,
  request: OrderRequest,
): Promise<string> {
  const decision = deps.access.authorise(principal, 'order.write', {
    household: request.household,
    owner: principal.id,
  })
  const prepared = await prepareOrder(deps, request)
  const now = new Date(deps.clock.now())
  const order: Order = {
    id: newId('ord', deps.clock.now()),
    household: request.household,
    requestedBy: principal.id,
    decision: decision.id,
    reference: request.reference ?? null,
    state: 'acknowledged',
    createdAt: now,
    updatedAt: now,
  }
  await deps.database.transaction((tx) => writeOrder(deps, tx, order, prepared))
  return order.id
}

async function writeOrder(
  deps: OrderDependencies,
  tx: Tx,
  order: Order,
  prepared: readonly PreparedItem[],
): Promise<void> {
  const living = await deps.storage.livingSubscriptions(tx, order.household)
  await checkRelations(deps, living, prepared)
  const added: Subscription[] = []
  const items: OrderItem[] = []
  const deliveries: NewDelivery[] = []
  for (const [position, entry] of prepared.entries()) {
    const known = living.get(entry.request.service)
    const subscription = known ?? newSubscription(deps, order, entry)
    checkAction(order, entry, known, position)
    if (known === undefined) added.push(subscription)
    const plan = entry.plan ?? planRemoval(await deps.storage.devicesDelivered(tx, subscription.id))
    refuse(plan, `/items/${position}`, entry.request.service)
    const item = newItem(deps, order, entry, subscription, plan, position)
    items.push(item)
    deliveries.push(...newDeliveries(deps, order, item, plan))
  }
  await addSubscriptionsOnce(deps, tx, added)
  await deps.storage.addOrder(tx, order, items, deliveries)
  await deps.engine.send(
    tx,
    items.map((item) => lifecycleSignal(item, deliveries)),
  )
  await appendEvents(tx, deps.doorbells, [
    {
      type: 'order.acknowledged',
      subject: order.id,
      household: order.household,
      data: {
        reference: order.reference,
        items: items.map(({ id, action, service, version }) => ({ id, action, service, version })),
      },
    },
  ])
}

function checkAction(
  order: Order,
  { request }: PreparedItem,
  living: Subscription | undefined,
  position: number,
): void {
  const place = `/items/${position}/action`
  if (request.action === 'add' && living !== undefined)
    throw at(subscriptionExists, place, `household ${order.household} already has ${request.service} ${living.version}`)
  if (request.action !== 'add' && living === undefined)
    throw at(noSubscription, place, `household ${order.household} does not have ${request.service}`)
}

function newSubscription(deps: OrderDependencies, order: Order, { request, version }: PreparedItem): Subscription {
  return {
    id: newId('sub', deps.clock.now()),
    household: order.household,
    service: request.service,
    version: version?.version ?? '',
    state: 'requested',
    createdAt: order.createdAt,
    updatedAt: order.createdAt,
  }
}

/** Two orders that add the same service at the same moment meet at the unique index: the second is refused, not doubled. */
async function addSubscriptionsOnce(deps: OrderDependencies, tx: Tx, added: readonly Subscription[]): Promise<void> {
  try {
    await deps.storage.addSubscriptions(tx, added)
  } catch (error) {
    if ((error as { code?: string }).code !== '23505') throw error
    const names = added.map((subscription) => subscription.service).join(', ')
    throw new CallerError(subscriptionExists, `the household was given ${names} by another order just now`, {
      cause: error,
    })
  }
}

function newItem(
  deps: OrderDependencies,
  order: Order,
  entry: PreparedItem,
  subscription: Subscription,
  plan: Plan,
  position: number,
): OrderItem {
  return {
    id: newId('itm', deps.clock.now()),
    order: order.id,
    position,
    action: entry.request.action,
    service: entry.request.service,
    version: entry.version?.version ?? subscription.version,
    subscription: subscription.id,
    state: 'acknowledged',
    detail: leftOut(plan.skipped),
  }
}

function newDeliveries(deps: OrderDependencies, order: Order, item: OrderItem, plan: Plan): NewDelivery[] {
  if ('refusal' in plan) return []
  return plan.deliveries.map(({ device, assignment }) => ({
    id: newId('dlv', deps.clock.now()),
    order: order.id,
    item: item.id,
    subscription: item.subscription,
    household: order.household,
    device,
    kind: assignment === null ? 'remove' : 'install',
    service: item.service,
    version: item.version,
    component: assignment?.component ?? '',
    manifest: assignment?.manifest.digest ?? null,
    manifestSize: assignment?.manifest.size ?? 0,
    files: assignment?.files ?? 0,
    bytes: assignment?.bytes ?? 0,
  }))
}

function lifecycleSignal(item: OrderItem, deliveries: readonly NewDelivery[]) {
  const own = deliveries.filter((delivery) => delivery.item === item.id)
  return {
    to: `model:service-lifecycle/${item.subscription}`,
    id: item.id,
    type: item.action,
    args: {
      order: item.order,
      subscription: item.subscription,
      version: item.version,
      deliveries: own.map(({ id, device, service, household }) => ({ id, device, service, household })),
    },
    create: {},
  }
}
