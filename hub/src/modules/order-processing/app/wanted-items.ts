import type { Tx } from '../../../platform/database.ts'
import { planInstall, planMove, planRemoval, planSuspension, type Plan, type Skipped } from '../domain/decompose.ts'
import { subscriptionSuspended, unknownVersion } from '../errors.ts'
import type { OrderDependencies } from './dependencies.ts'
import { broughtItems, planOf } from './plan-items.ts'
import { at, candidates, refuse, type HouseholdDevice, type PreparedItem, type PreparedOrder } from './prepare-order.ts'
import type { ResolvedHousehold } from './resolve-household.ts'
import type { LivingSubscription, Order, OrderItem, Subscription } from './storage.ts'

/** An item before it has an id: what is to be done with which version on which devices, and why. */
export interface WantedItem {
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

/** What the order asks for: the version and the devices of each of its items. */
export async function wishedItems(
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
export async function brought(
  deps: OrderDependencies,
  tx: Tx,
  { tenant }: Order,
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
    if (each.action !== 'remove') await requireSigned(deps, tenant, each.service, each.version)
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
