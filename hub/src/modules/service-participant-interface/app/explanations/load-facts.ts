import type { HistoryEntry } from '../../../../engine/index.ts'
import type { Principal } from '../../../../platform/access.ts'
import type { Delivery } from '../../../order-processing/index.ts'
import type { Firing } from '../../../policy-and-preferences/index.ts'
import type { Facts, KnownDevice, PastOrder } from '../../domain/explanations/facts.ts'
import type { ExplainDependencies } from './dependencies.ts'

/** Answers of policy and steps that are read of one delivery: the newest. */
const newest = 100

export interface Wanted {
  readonly tenant: string
  readonly household: string
  /** Whose deliveries' courses are told step by step; of others only where they are. */
  readonly told: readonly Delivery[]
  readonly orders: readonly string[]
  readonly devices: readonly string[]
}

/** Reads what explanations are made of: some ten statements, and at most a hundred for each of firings and campaigns. */
export async function loadFacts(deps: ExplainDependencies, reader: Principal, wanted: Wanted): Promise<Facts> {
  const found = await deps.orders.past.orders([...new Set(wanted.orders)])
  const orders = new Map(found.map((each) => [each.order.id, each]))
  const ids = [
    ...new Set([...wanted.devices, ...found.flatMap(({ deliveries }) => deliveries.map(({ device }) => device))]),
  ]
  const concerned = waitingOnes(wanted.told, found)
  const [devices, households, askers, firings, campaigns, answers, courses, offers] = await Promise.all([
    deps.entities.devices(ids),
    householdNames(deps, reader, wanted.household, found),
    askersOf(deps, reader, found),
    firingsOf(deps, reader, found),
    campaignsOf(deps, found),
    deps.policy.answersOf(
      concerned.map(({ id }) => id),
      newest,
    ),
    coursesOf(deps, wanted.told),
    deps.offersOf(concerned.map(({ id, device }) => ({ delivery: id, device }))),
  ])
  const seesDevices = deps.access.visible(reader, 'device.read')
  return {
    now: new Date(deps.clock.now()),
    zone: households.zone,
    orders,
    devices: new Map(
      devices.map((device): [string, KnownDevice] => {
        const named = seesDevices.all || seesDevices.households.includes(device.household)
        return [device.id, { ...device, name: named ? device.name : null }]
      }),
    ),
    households: households.names,
    askers,
    firings,
    campaigns,
    seesCampaigns: deps.access.visible(reader, 'campaign.read').all,
    answers: Map.groupBy(answers, ({ delivery }) => delivery),
    courses,
    offers,
  }
}

/** Those of which it matters what holds them: the told ones, and the first open one of each order. */
function waitingOnes(told: readonly Delivery[], orders: readonly PastOrder[]): Delivery[] {
  const open = orders.flatMap(({ deliveries }) =>
    deliveries.filter(({ settledAt }) => settledAt === null).slice(0, 100),
  )
  return [...new Map([...told, ...open].map((delivery) => [delivery.id, delivery])).values()]
}

async function householdNames(
  deps: ExplainDependencies,
  reader: Principal,
  household: string,
  orders: readonly PastOrder[],
): Promise<{ zone: string; names: Map<string, string> }> {
  const moved = orders.flatMap(({ order, items }) => [order.household, ...items.flatMap(({ to }) => to ?? [])])
  const found = await deps.entities.households([...new Set([household, ...moved])])
  const { all, households } = deps.access.visible(reader, 'household.read')
  const seen = found.filter(({ id, tenant }) => tenant === reader.tenant && (all || households.includes(id)))
  return {
    zone: found.find(({ id }) => id === household)?.timeZone ?? 'UTC',
    names: new Map(seen.map(({ id, name }) => [id, name])),
  }
}

/** Names of people only to whoever may see people, of the household's own to the household. */
async function askersOf(
  deps: ExplainDependencies,
  reader: Principal,
  orders: readonly PastOrder[],
): Promise<Map<string, string>> {
  const people = orders.filter(({ order }) => order.origin.kind === 'person' || order.origin.kind === 'system')
  const { all, households } = deps.access.visible(reader, 'user.read')
  const users = all ? [] : await deps.entities.users([...new Set(people.map(({ order }) => order.origin.id))])
  const ofHome = new Set(
    users.filter((user) => user.households.some((id) => households.includes(id))).map(({ id }) => id),
  )
  return new Map(
    orders.map(({ order: { id, origin } }) => {
      if (origin.kind === 'hub') return [id, 'The hub itself']
      if (origin.id === reader.id) return [id, `${origin.name ?? origin.id} (you)`]
      if (all || ofHome.has(origin.id)) return [id, origin.name ?? origin.id]
      return [id, origin.kind === 'system' ? 'A system of the provider' : 'Somebody of the provider']
    }),
  )
}

/** By id; null: the reader may not know of it, nor, where it is no longer kept, whether they might have. */
async function firingsOf(
  deps: ExplainDependencies,
  reader: Principal,
  orders: readonly PastOrder[],
): Promise<Facts['firings']> {
  const causes = orders.flatMap(({ order: { origin } }) =>
    origin.kind === 'policy' && origin.cause !== null ? [origin.cause] : [],
  )
  const read = [...new Set(causes)].slice(0, newest)
  const found = await Promise.all(read.map((id) => deps.policy.firing(id)))
  const { all, households } = deps.access.visible(reader, 'firing.read')
  const may = (household: string | null): boolean => all || (household !== null && households.includes(household))
  const unknown = all ? [] : causes.map((id) => [id, null] as const)
  const seen = found.flatMap((firing) => (firing !== null && may(firing.household) ? [firing] : []))
  return new Map<string, Firing | null>([...unknown, ...seen.map((firing) => [firing.id, firing] as const)])
}

async function campaignsOf(deps: ExplainDependencies, orders: readonly PastOrder[]): Promise<Facts['campaigns']> {
  const placed = orders.filter(({ order }) => order.origin.kind === 'campaign').slice(0, newest)
  const parts = await Promise.all(
    placed.map(async ({ order }) => [order.id, await deps.orders.past.campaignsOfOrder(order.id)] as const),
  )
  return new Map(parts)
}

async function coursesOf(deps: ExplainDependencies, told: readonly Delivery[]): Promise<Map<string, HistoryEntry[]>> {
  const read = await Promise.all(
    told.map(
      async ({ id }) => [id, (await deps.engine.history(`model:delivery/${id}`, { limit: newest })) ?? []] as const,
    ),
  )
  return new Map(read.map(([id, entries]) => [id, entries.toReversed()]))
}
