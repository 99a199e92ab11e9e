import type { Tx } from '../../../platform/database.ts'
import { CallerError } from '../../../platform/errors.ts'
import { resolverDevice } from './resolver-device.ts'
import type { Answer, Assigned, Catalogue, Problem, Reason, Removal, Wish } from '../../service-definitions/index.ts'
import { noWish, versionWished } from '../domain/kept-wish.ts'
import { relationBroken, unknownVersion } from '../errors.ts'
import type { OrderDependencies } from './dependencies.ts'
import { at, refuse, type HouseholdDevice, type PreparedOrder } from './prepare-order.ts'
import type { LivingSubscription, Order } from './storage.ts'

/** What a household is to have after an order: of every service the version, and the component for each device. */
export interface ResolvedHousehold {
  readonly catalogue: Catalogue
  readonly assignment: readonly Assigned[]
  /** What goes though nobody asked for it. */
  readonly remove: readonly Removal[]
  /** Layers of services: each needs nothing of the later ones. */
  readonly order: readonly (readonly string[])[]
  /** Why a wished service does not get its newest version: sentences, by service. */
  readonly whyNotNewer: ReadonlyMap<string, readonly string[]>
}

type Resolving = Pick<OrderDependencies, 'definitions'>

/**
 * Looks at the household as it would be after the order: what it wishes and has, with all that this needs.
 * @throws CallerError `no-device`, `no-component-fits`, `unknown-version`, or `relation-broken` with the minimal reasons why not
 */
export async function resolveHousehold(
  deps: Resolving,
  tx: Tx,
  order: Order,
  prepared: PreparedOrder,
  living: ReadonlyMap<string, LivingSubscription>,
): Promise<ResolvedHousehold> {
  const { request } = prepared
  const services = new Set([...request.items.map(({ service }) => service), ...living.keys()])
  const named = prepared.items.flatMap(({ version }) => version ?? [])
  const tried = [...living.values(), ...named]
  const catalogue = await deps.definitions.catalogue(tx, order.tenant, [...services], tried)
  const problem = problemOf(order, prepared, living)
  for (const [index, { plan, request: item }] of prepared.items.entries())
    if (plan !== null && 'refusal' in plan && plan.refusal === 'no-device')
      refuse(plan, `/items/${index}`, item.service)
  const answer = deps.definitions.resolve(catalogue, problem)
  if (!answer.ok) throw refusalOf(prepared, answer.reasons)
  checkRemovals(prepared, answer.assignment)
  return { ...answer, catalogue, whyNotNewer: whyNotNewer(deps, catalogue, problem, answer, prepared) }
}

/** A service that moves to a household has to go together with what that one has, and may need nothing that it has not. */
export async function checkMove(
  deps: Resolving,
  tx: Tx,
  { tenant }: Order,
  { service, version }: LivingSubscription,
  target: { readonly household: string; readonly devices: readonly HouseholdDevice[] },
  living: readonly LivingSubscription[],
  place: string,
): Promise<void> {
  const there = living.filter(({ household }) => household === target.household)
  const services = [service, ...there.map((each) => each.service)]
  const catalogue = await deps.definitions.catalogue(tx, tenant, services, [{ service, version }, ...there])
  const answer = deps.definitions.resolve(catalogue, {
    devices: activeDevices(target.devices),
    wishes: [{ service, version, channel: 'stable' }, ...there.filter(({ required }) => !required).map(keep)],
    installed: there,
    keepRequired: true,
  })
  if (!answer.ok) {
    const sentences = answer.reasons.map(({ sentence }) => sentence)
    throw new CallerError(relationBroken, sentences.join('; '), {
      places: sentences.map((detail) => ({ pointer: place, detail })),
    })
  }
  const known = new Map(there.map((each) => [each.service, each.version]))
  const needed = answer.assignment.find((each) => each.service !== service && known.get(each.service) !== each.version)
  if (needed !== undefined)
    throw at(
      relationBroken,
      place,
      `household ${target.household} would need ${needed.service} ${needed.version} for ${service} ${version}: order it there first`,
    )
}

function problemOf(
  { origin }: Order,
  { request, items, devices }: PreparedOrder,
  living: ReadonlyMap<string, LivingSubscription>,
): Problem {
  const active = devices.filter(({ state }) => state === 'active')
  const ordered = new Set(
    request.items.filter(({ action }) => action !== 'suspend' && action !== 'resume').map(({ service }) => service),
  )
  const wished = items.flatMap(({ request: item, channel }): Wish[] => {
    if (item.action !== 'add' && item.action !== 'modify') return []
    const named = item.devices?.filter((id) => active.some((device) => device.id === id))
    const version = versionWished(living.get(item.service) ?? noWish, item, origin)
    return [
      {
        service: item.service,
        channel,
        ...(version === null ? {} : { version }),
        ...(named === undefined ? {} : { devices: named }),
      },
    ]
  })
  const kept = [...living.values()].filter(({ service, required }) => !ordered.has(service) && !required)
  return {
    devices: activeDevices(active),
    wishes: [...wished, ...kept.map(keep)],
    installed: [...living.values()].map(({ service, version }) => ({ service, version })),
    keepRequired: true,
    withRecommended: request.withRecommended ?? false,
  }
}

export function activeDevices(devices: readonly HouseholdDevice[]): Problem['devices'] {
  return devices.filter(({ state }) => state === 'active').map(resolverDevice)
}

/** What it has, as it has it. */
export function keep({ service, pinned, channel }: LivingSubscription): Wish {
  const wish = { service, channel: channel ?? 'stable', keep: true }
  return pinned === null ? wish : { ...wish, version: pinned }
}

/** Where no relation is part of it, the order is refused for what it asks of one service. */
function refusalOf({ request, items }: PreparedOrder, reasons: readonly Reason[]): CallerError {
  const kinds = new Set(reasons.flatMap(({ constraints }) => constraints.map(({ kind }) => kind)))
  if (!kinds.has('relation'))
    for (const [index, { plan, request: item }] of items.entries())
      if (plan !== null && 'refusal' in plan) refuse(plan, `/items/${index}`, item.service)
  const code = kinds.has('relation') || kinds.has('fit') ? relationBroken : unknownVersion
  const places = reasons.map(({ sentence, services }) => {
    const index = request.items.findIndex(({ service }) => services.includes(service))
    return { pointer: index < 0 ? '/items' : `/items/${index}/service`, detail: sentence }
  })
  return new CallerError(code, reasons.map(({ sentence }) => sentence).join('; '), { places })
}

/** What something else needs cannot go. */
function checkRemovals({ request }: PreparedOrder, assignment: readonly Assigned[]): void {
  for (const [index, { action, service }] of request.items.entries()) {
    if (action !== 'remove' && action !== 'move') continue
    const needed = assignment.find((each) => each.service === service)
    if (needed === undefined) continue
    const by = assignment.find((each) => each.service === needed.by)
    const who = by === undefined ? 'another service' : `${by.service} ${by.version}`
    const detail = `${who} requires ${service}, which this order takes away: ${action} ${by?.service ?? 'it'} as well`
    throw at(relationBroken, `/items/${index}/service`, detail)
  }
}

/** Asked only where a wish that names no version did not get the newest one that it could have by itself. */
function whyNotNewer(
  { definitions }: Resolving,
  catalogue: Catalogue,
  problem: Problem,
  answer: Extract<Answer, { ok: true }>,
  { items }: PreparedOrder,
): Map<string, string[]> {
  const newest = new Map(items.map(({ request, version }) => [request.service, version?.version]))
  const found = new Map<string, string[]>()
  for (const wish of problem.wishes) {
    if (wish.keep === true || wish.version !== undefined) continue
    const got = answer.assignment.find(({ service }) => service === wish.service)?.version
    if (got === newest.get(wish.service)) continue
    const alone = definitions.resolve(catalogue, { ...problem, wishes: [wish], installed: [] })
    const best = alone.ok ? alone.assignment.find(({ service }) => service === wish.service)?.version : undefined
    if (best === undefined || best === got) continue
    const pinned = problem.wishes.map((each) => (each === wish ? { ...wish, version: best } : each))
    const other = definitions.resolve(catalogue, { ...problem, wishes: pinned })
    if (!other.ok) found.set(wish.service, [`not ${best}: ${other.reasons.map(({ sentence }) => sentence).join('; ')}`])
  }
  return found
}
