import type { Tx } from '../../../platform/database.ts'
import type { ErrorCode } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import { actionRefusal, headingOf, type ActionRefusal } from '../domain/actions.ts'
import {
  planInstall,
  planMove,
  planRemoval,
  planSuspension,
  type Plan,
  type PlannedDelivery,
  type Skipped,
} from '../domain/decompose.ts'
import { circle } from '../domain/dependencies.ts'
import {
  circularItems,
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
import type { OrderDependencies } from './dependencies.ts'
import { broughtItems, needsOf, planOf } from './plan-items.ts'
import {
  at,
  candidates,
  leftOut,
  refuse,
  type HouseholdDevice,
  type PreparedItem,
  type PreparedOrder,
} from './prepare-order.ts'
import { checkMove, resolveHousehold, type ResolvedHousehold } from './resolve-household.ts'
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
  const living = livingIn(order.household, all)
  for (const [position, entry] of prepared.items.entries()) {
    await checkAction(deps, tx, order, entry, living.get(entry.request.service), position)
    if (entry.request.to !== undefined) await checkTarget(deps, tx, order, all, entry, living, position)
  }
  const staying = new Map([...living].filter(([, each]) => headingOf(each) !== 'removing'))
  const resolved = await resolveHousehold(deps, tx, order, prepared, staying)
  const wanted = [
    ...(await wishedItems(deps, tx, order, prepared, living, resolved)),
    ...(await brought(deps, tx, prepared, living, staying, resolved)),
  ]
  const installs = new Map(
    wanted.flatMap(({ service, plan }, position) =>
      plan.deliveries.some(({ kind }) => kind === 'install') ? [[service, position]] : [],
    ),
  )
  const made = wanted.map((each, position) => {
    const known = living.get(each.service)
    const subscription = known ?? newSubscription(deps, order, each)
    const needs = each.action === 'add' || each.action === 'modify' ? needsOf(resolved, each, installs) : []
    const after = [...new Set([...each.after, ...needs])]
    const announced = scheduled.find((item) => item.position === position)?.id
    const item = newItem(deps, order, { ...each, after }, subscription, position, known, announced)
    const deliveries = each.plan.deliveries.map((planned) => newDelivery(deps, order, item, planned))
    return { item, deliveries, added: known === undefined ? [subscription] : [] }
  })
  const round = circle(made.map(({ item }) => item.after))
  if (round !== null)
    throw at(
      circularItems,
      `/items/${round[0]!}/after`,
      `${round.map((position) => made[position]!.item.service).join(', ')} wait for one another: what a service requires comes before it`,
    )
  return {
    order,
    items: made.map(({ item }) => item),
    deliveries: made.flatMap(({ deliveries }) => deliveries),
    added: made.flatMap(({ added }) => added),
    moved: made.flatMap(({ item: { subscription, service, to } }) =>
      to === null ? [] : [{ subscription: subscription!, service, household: to }],
    ),
  }
}

function livingIn(household: string, all: readonly LivingSubscription[]): Map<string, LivingSubscription> {
  return new Map(all.filter((each) => each.household === household).map((each) => [each.service, each]))
}

/** An item before it has an id: what is to be done with which version on which devices, and why. */
interface WantedItem {
  readonly action: OrderItem['action']
  readonly service: string
  readonly version: string
  readonly plan: Exclude<Plan, { refusal: string }>
  readonly origin: OrderItem['origin']
  readonly because: string
  readonly reasons: readonly string[]
  readonly after: readonly number[]
  readonly channel: string | null
  readonly to: string | null
}

async function wishedItems(
  deps: OrderDependencies,
  tx: Tx,
  order: Order,
  prepared: PreparedOrder,
  living: ReadonlyMap<string, LivingSubscription>,
  resolved: ResolvedHousehold,
): Promise<WantedItem[]> {
  const items: WantedItem[] = []
  for (const [position, entry] of prepared.items.entries()) {
    const { action, service, channel = null, to = null, after = [] } = entry.request
    const assigned = resolved.assignment.find((each) => each.service === service)
    const installs = action === 'add' || action === 'modify'
    const plan =
      installs && assigned !== undefined
        ? planOf(resolved, assigned)
        : await planHeld(deps, tx, order, prepared, entry, living.get(service)!, position)
    refuse(plan, `/items/${position}`, service)
    const version = installs && assigned !== undefined ? assigned.version : living.get(service)!.version
    if (installs && version !== entry.version?.version) await requireSigned(deps, order.tenant, service, version)
    const reasons = [...(resolved.whyNotNewer.get(service) ?? []), ...leftOutEach(plan.skipped)]
    items.push({ action, service, version, plan, origin: 'wished', because: '', reasons, after, channel, to })
  }
  return items
}

/** What nobody asked for and is there all the same; what goes waits for everything that comes. */
async function brought(
  deps: OrderDependencies,
  tx: Tx,
  prepared: PreparedOrder,
  living: ReadonlyMap<string, LivingSubscription>,
  staying: ReadonlyMap<string, LivingSubscription>,
  resolved: ResolvedHousehold,
): Promise<WantedItem[]> {
  const ordered = new Set(prepared.request.items.map(({ service }) => service))
  const found = broughtItems(resolved, ordered, staying)
  const wished = prepared.items.length
  const coming = found.flatMap(({ action }, index) => (action === 'remove' ? [] : [wished + index]))
  const items: WantedItem[] = []
  for (const { plan: given, ...each } of found) {
    const known = living.get(each.service)
    if (each.action === 'modify' && known?.commercial === 'barred')
      throw at(subscriptionSuspended, '/items', `${each.because}, but it is suspended: resume it first`)
    const plan = given ?? planRemoval(await deps.storage.devicesDelivered(tx, known!.id))
    refuse(plan, '/items', each.service)
    const tenant = prepared.devices[0]?.tenant
    if (each.action !== 'remove' && tenant !== undefined) await requireSigned(deps, tenant, each.service, each.version)
    // One that is on its way out stays after all.
    const action = each.action === 'add' && known !== undefined ? 'modify' : each.action
    const after = action === 'remove' ? [...prepared.items.keys(), ...coming] : []
    items.push({ ...each, action, plan, reasons: leftOutEach(plan.skipped), after, channel: null, to: null })
  }
  return items
}

async function requireSigned(deps: OrderDependencies, tenant: string, service: string, version: string): Promise<void> {
  const found = await deps.definitions.version(tenant, service, version)
  if (found !== null) await deps.definitions.requireSigned(found)
}

function leftOutEach(skipped: readonly Skipped[]): string[] {
  return skipped.slice(0, 20).map(({ device, reason }) => `${device}: ${reason}`)
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

async function checkTarget(
  deps: OrderDependencies,
  tx: Tx,
  order: Order,
  all: readonly LivingSubscription[],
  { request, moveTo }: PreparedItem,
  living: ReadonlyMap<string, LivingSubscription>,
  position: number,
): Promise<void> {
  const household = request.to!
  const place = `/items/${position}/to`
  if (all.some((each) => each.household === household && each.service === request.service))
    throw at(subscriptionExists, place, `household ${household} already has ${request.service}`)
  const moving = living.get(request.service)!
  await checkMove(deps, tx, order, moving, { household, devices: moveTo }, all, place)
}

function newSubscription(
  deps: OrderDependencies,
  order: Order,
  { service, version }: Pick<WantedItem, 'service' | 'version'>,
): Subscription {
  return {
    id: newId('sub', deps.clock.now()),
    tenant: order.tenant,
    household: order.household,
    service,
    version,
    state: 'requested',
    commercial: 'requested',
    createdAt: order.createdAt,
    updatedAt: order.createdAt,
  }
}

/** What is about the version that the household has. */
async function planHeld(
  deps: OrderDependencies,
  tx: Tx,
  order: Order,
  { devices }: PreparedOrder,
  entry: PreparedItem,
  subscription: Subscription,
  position: number,
): Promise<Plan> {
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
  { plan, ...wanted }: WantedItem,
  subscription: Subscription,
  position: number,
  known: LivingSubscription | undefined,
  announced: string | undefined,
): OrderItem {
  return {
    ...wanted,
    id: announced ?? newId('itm', deps.clock.now()),
    order: order.id,
    position,
    subscription: subscription.id,
    state: 'acknowledged',
    detail: leftOut(plan.skipped),
    phase: 'waiting',
    undoes: false,
    before: known === undefined ? null : { version: known.version, state: known.state, household: known.household },
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
