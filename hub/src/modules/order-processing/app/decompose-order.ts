import type { Tx } from '../../../platform/database.ts'
import type { ErrorCode } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import { actionRefusal, type ActionRefusal } from '../domain/actions.ts'
import {
  planInstall,
  planMove,
  planRemoval,
  planSuspension,
  type Plan,
  type PlannedDelivery,
} from '../domain/decompose.ts'
import {
  noSubscription,
  notSuspended,
  subscriptionEnded,
  subscriptionExists,
  subscriptionMoved,
  subscriptionMoving,
  subscriptionRemoving,
  subscriptionSuspended,
  unknownVersion,
} from '../errors.ts'
import { checkRelations } from './check-relations.ts'
import type { OrderDependencies } from './dependencies.ts'
import {
  at,
  candidates,
  leftOut,
  refuse,
  type HouseholdDevice,
  type PreparedItem,
  type PreparedOrder,
} from './prepare-order.ts'
import type { LivingSubscription, NewDelivery, NewOrder, Order, OrderItem, Subscription } from './storage.ts'

/** An order with its items and their deliveries, and what becomes of subscriptions when it is taken. */
export interface Decomposed extends NewOrder {
  readonly added: readonly Subscription[]
  readonly moved: readonly { readonly subscription: string; readonly service: string; readonly household: string }[]
}

/**
 * Decides what an order means, on what the household has: to be done while its subscriptions are locked.
 * @param scheduled the items under which it was announced, where it waited for its start
 * @throws CallerError naming the item by JSON pointer
 */
export async function decompose(
  deps: OrderDependencies,
  tx: Tx,
  order: Order,
  prepared: PreparedOrder,
  all: readonly LivingSubscription[],
  scheduled: readonly OrderItem[] = [],
): Promise<Decomposed> {
  const living = new Map(
    all.filter(({ household }) => household === order.household).map((each) => [each.service, each]),
  )
  await checkRelations(deps, order.tenant, living, prepared.items)
  const added: Subscription[] = []
  const moved: Decomposed['moved'][number][] = []
  const items: OrderItem[] = []
  const deliveries: NewDelivery[] = []
  for (const [position, entry] of prepared.items.entries()) {
    const known = living.get(entry.request.service)
    await checkAction(deps, tx, order, entry, known, position)
    const subscription = known ?? newSubscription(deps, order, entry)
    if (known === undefined) added.push(subscription)
    const { to } = entry.request
    if (to !== undefined) {
      checkTarget(all, entry, position)
      moved.push({ subscription: subscription.id, service: subscription.service, household: to })
    }
    const plan = await planOf(deps, tx, order, prepared, entry, subscription, position)
    refuse(plan, `/items/${position}`, entry.request.service)
    const announced = scheduled.find((item) => item.position === position)?.id
    const item = newItem(deps, order, entry, subscription, plan, position, known, announced)
    items.push(item)
    deliveries.push(...plan.deliveries.map((planned) => newDelivery(deps, order, item, planned)))
  }
  return { order, items, deliveries, added, moved }
}

const refusals: Readonly<Record<ActionRefusal, readonly [ErrorCode, string]>> = {
  exists: [subscriptionExists, 'already has it'],
  suspended: [subscriptionSuspended, 'has it suspended'],
  'not-suspended': [notSuspended, 'has it, and it is not suspended'],
  removing: [subscriptionRemoving, 'has it being removed'],
  moving: [subscriptionMoving, 'has it on its way to another household'],
}

async function checkAction(
  deps: OrderDependencies,
  tx: Tx,
  order: Order,
  { request: { action, service } }: PreparedItem,
  known: LivingSubscription | undefined,
  position: number,
): Promise<void> {
  const place = `/items/${position}/action`
  if (known !== undefined) {
    const refusal = actionRefusal(action, known)
    if (refusal === null) return
    const [code, words] = refusals[refusal]
    throw at(code, place, `${action} ${service}: household ${order.household} ${words} (${known.version})`)
  }
  if (action === 'add') return
  const left = await deps.storage.lastLeft(tx, order.household, service)
  const who = `${action} ${service}: household ${order.household}`
  if (left === null) throw at(noSubscription, place, `${who} does not have it`)
  if (left.action === 'remove')
    throw at(subscriptionEnded, place, `${who} no longer has it: order ${left.order} removed it`)
  throw at(subscriptionMoved, place, `${who} no longer has it: order ${left.order} moved it to household ${left.to}`)
}

function checkTarget(all: readonly LivingSubscription[], { request }: PreparedItem, position: number): void {
  if (all.some(({ household, service }) => household === request.to && service === request.service))
    throw at(subscriptionExists, `/items/${position}/to`, `household ${request.to} already has ${request.service}`)
}

function newSubscription(deps: OrderDependencies, order: Order, { request, version }: PreparedItem): Subscription {
  return {
    id: newId('sub', deps.clock.now()),
    tenant: order.tenant,
    household: order.household,
    service: request.service,
    version: version?.version ?? '',
    state: 'requested',
    commercial: 'requested',
    createdAt: order.createdAt,
    updatedAt: order.createdAt,
  }
}

/** Adding and modifying were planned before; the rest depends on where the service is. */
async function planOf(
  deps: OrderDependencies,
  tx: Tx,
  order: Order,
  { devices }: PreparedOrder,
  entry: PreparedItem,
  subscription: Subscription,
  position: number,
): Promise<Plan> {
  if (entry.plan !== null) return entry.plan
  const { action } = entry.request
  const delivered = await deps.storage.devicesDelivered(tx, subscription.id)
  if (action === 'remove') return planRemoval(delivered)
  if (action === 'suspend') return planSuspension(delivered)
  const having = (all: readonly HouseholdDevice[]) => all.filter(({ id }) => delivered.includes(id))
  if (action === 'resume') return installed(deps, order, subscription, having(devices), position)
  const installs = await installed(deps, order, subscription, entry.moveTo, position)
  return planMove(installs, delivered)
}

/** The version that the household has, for these devices. */
async function installed(
  deps: OrderDependencies,
  order: Order,
  { service, version }: Subscription,
  devices: readonly HouseholdDevice[],
  position: number,
): Promise<Plan> {
  const found = await deps.definitions.version(order.tenant, service, version)
  if (found === null)
    throw at(unknownVersion, `/items/${position}/service`, `${service} ${version} is gone from the hub`)
  return planInstall(candidates(deps, found, devices), false)
}

function newItem(
  deps: OrderDependencies,
  order: Order,
  { request, version }: PreparedItem,
  subscription: Subscription,
  plan: Exclude<Plan, { refusal: string }>,
  position: number,
  known: LivingSubscription | undefined,
  announced: string | undefined,
): OrderItem {
  return {
    id: announced ?? newId('itm', deps.clock.now()),
    order: order.id,
    position,
    action: request.action,
    service: request.service,
    version: version?.version ?? subscription.version,
    subscription: subscription.id,
    state: 'acknowledged',
    detail: leftOut(plan.skipped),
    phase: 'waiting',
    undoes: false,
    origin: 'wished',
    because: '',
    channel: request.channel ?? null,
    to: request.to ?? null,
    after: request.after ?? [],
    before: known === undefined ? null : { version: known.version, state: known.state, household: known.household },
    reasons: [],
    attempts: 0,
  }
}

function newDelivery(deps: OrderDependencies, order: Order, item: OrderItem, planned: PlannedDelivery): NewDelivery {
  const { device, assignment, kind, turn } = planned
  const leaves = kind === 'remove' || item.to === null
  return {
    id: newId('dlv', deps.clock.now()),
    tenant: order.tenant,
    order: order.id,
    item: item.id,
    subscription: item.subscription!,
    household: leaves ? order.household : item.to,
    device,
    kind,
    service: item.service,
    version: item.version,
    component: assignment?.component ?? '',
    manifest: assignment?.manifest.digest ?? null,
    manifestSize: assignment?.manifest.size ?? 0,
    files: assignment?.files ?? 0,
    bytes: assignment?.bytes ?? 0,
    turn,
    purpose: 'carry-out',
  }
}
