import { CallerError, type ErrorCode } from '../../../platform/errors.ts'
import { grouped } from '../../../platform/grouped.ts'
import { isTestDevice, unknownHousehold } from '../../entity-management/index.ts'
import { orderRefusal, untested, type Channel, type VersionDefinition } from '../../service-definitions/index.ts'
import type { OrderRequest } from '../contract.ts'
import { maximumDevices, planInstall, type Candidate, type Plan, type Skipped } from '../domain/decompose.ts'
import { circle } from '../domain/dependencies.ts'
import {
  circularItems,
  completionPast,
  noComponentFits,
  noDevice,
  serviceTwice,
  startTooFar,
  tooManyDevices,
  unknownDevice,
  unknownService,
  unknownVersion,
} from '../errors.ts'
import type { OrderDependencies } from './dependencies.ts'
import { preferredChannels, versionOf } from './version-on-channel.ts'

/** Everything about an order that can be looked up and refused before anything is locked or written. */

export type RequestItem = OrderRequest['items'][number]

/** One item of the request with what was found for it. */
export interface PreparedItem {
  readonly request: RequestItem
  /** Its own, or the one that the household prefers. */
  readonly channel: Channel
  /** Of `add` and `modify`; the others are about the version that the household has. */
  readonly version: VersionDefinition | null
  /** Of `add` and `modify`, by the newest version alone: why none can be, where no version fits. */
  readonly plan: Plan | null
  /** The devices of the household that it moves to; empty for the others. */
  readonly moveTo: readonly HouseholdDevice[]
}

export interface PreparedOrder {
  readonly request: OrderRequest
  readonly items: readonly PreparedItem[]
  /** Of the household, in the tenant. */
  readonly devices: readonly HouseholdDevice[]
}

export type HouseholdDevice = Awaited<ReturnType<OrderDependencies['entities']['devicesOfHousehold']>>[number]

export type HouseholdDevices = (household: string) => Promise<HouseholdDevice[]>

type PreparingDependencies = OrderDependencies & { readonly devicesOf?: HouseholdDevices }

/** How far ahead an order may begin. */
const furthestStart = 366 * 86_400_000

/** Households that share a look; that may wait. */
const together = { most: 20, waiting: 5_000 }

/** Devices of households, of all tenants: looks at the same time share a statement. */
export function householdDevices({ entities }: Pick<OrderDependencies, 'entities'>): HouseholdDevices {
  return grouped<string, HouseholdDevice[]>(together, async (households) => {
    const all = Map.groupBy(await entities.devicesOfHouseholds(households), ({ household }) => household)
    return households.map((household) => all.get(household) ?? [])
  })
}

/**
 * @param trial whether candidates may be ordered, which test devices alone are given
 * @throws CallerError naming the wrong place by JSON pointer
 */
export async function prepareOrder(
  deps: PreparingDependencies,
  tenant: string,
  request: OrderRequest,
  trial = false,
): Promise<PreparedOrder> {
  const devices = await devicesOf(deps, tenant, request.household, '/household')
  checkTimes(deps.clock.now(), request)
  checkNames(request)
  const preferred = await preferredChannels(deps, tenant, request)
  const items: PreparedItem[] = []
  for (const [index, item] of request.items.entries()) {
    const place = `/items/${index}`
    const channel = item.channel ?? preferred.get(item.service) ?? 'stable'
    const installs = item.action === 'add' || item.action === 'modify'
    const version = installs ? await versionOf(deps, tenant, item, channel) : null
    if (version === null && (await deps.definitions.service(tenant, item.service)) === null)
      throw at(unknownService, `${place}/service`, `there is no service ${item.service}`)
    for (const [position, id] of (item.devices ?? []).entries())
      if (!devices.some((device) => device.id === id))
        throw at(unknownDevice, `${place}/devices/${position}`, `household ${request.household} has no device ${id}`)
    const moveTo = item.to === undefined ? [] : await devicesOf(deps, tenant, item.to, `${place}/to`)
    const plan = installs ? await prepareInstall(deps, item, version, devices, place, trial) : null
    items.push({ request: item, channel, version, plan, moveTo })
  }
  return { request, items, devices }
}

async function devicesOf(
  { entities, devicesOf: look = entities.devicesOfHousehold }: PreparingDependencies,
  tenant: string,
  household: string,
  place: string,
): Promise<HouseholdDevice[]> {
  const devices = (await look(household)).filter((device) => device.tenant === tenant)
  if (devices.length === 0 && (await entities.household(household))?.tenant !== tenant)
    throw at(unknownHousehold, place, `there is no household ${household}`)
  return devices
}

function checkTimes(now: number, { requestedStart, requestedCompletion }: OrderRequest): void {
  if (requestedStart !== undefined && Date.parse(requestedStart) > now + furthestStart)
    throw at(startTooFar, '/requestedStart', `${requestedStart} is more than 366 days ahead`)
  if (requestedCompletion !== undefined && Date.parse(requestedCompletion) <= now)
    throw at(completionPast, '/requestedCompletion', `${requestedCompletion} has passed`)
}

function checkNames({ household, items }: OrderRequest): void {
  const seen = new Set<string>()
  for (const [index, { service, to }] of items.entries()) {
    if (seen.has(service)) throw at(serviceTwice, `/items/${index}/service`, `${service} is named more than once`)
    seen.add(service)
    if (to === household) throw at(unknownHousehold, `/items/${index}/to`, `${service} is in household ${to} already`)
  }
  const after = items.map((item) => item.after ?? [])
  for (const [index, positions] of after.entries())
    for (const [place, position] of positions.entries())
      if (position >= items.length)
        throw at(circularItems, `/items/${index}/after/${place}`, `the order has no item ${position}`)
  const found = circle(after)
  if (found !== null)
    throw at(circularItems, `/items/${found[0]!}/after`, `items ${found.join(', ')} wait for one another`)
}

async function prepareInstall(
  deps: OrderDependencies,
  item: RequestItem,
  version: VersionDefinition | null,
  devices: readonly HouseholdDevice[],
  place: string,
  trial: boolean,
): Promise<Plan> {
  if (version === null)
    throw at(unknownVersion, `${place}/version`, `${item.service} has no ${item.version ?? 'released'} version`)
  const refusal = trial && version.state === 'candidate' ? null : orderRefusal(version.state)
  if (refusal !== null) throw at(unknownVersion, `${place}/version`, `${item.service} ${version.version}: ${refusal}`)
  await deps.definitions.requireSigned(version)
  const wanted = item.devices === undefined ? devices : devices.filter((device) => item.devices!.includes(device.id))
  return planInstall(candidates(deps, version, wanted), item.devices !== undefined)
}

/** The active ones of these devices, each with what of the version fits it. */
export function candidates(
  { definitions }: Pick<OrderDependencies, 'definitions'>,
  version: VersionDefinition,
  devices: readonly HouseholdDevice[],
): Candidate[] {
  return devices
    .filter((device) => device.state === 'active')
    .map((device) => {
      const early = untested(version, isTestDevice(device))
      if (early !== null) return { device: device.id, fit: { reason: early } }
      const fit = definitions.fit(version, device.capabilities, device.class)
      if (fit.component === null) return { device: device.id, fit: { reason: fit.reason } }
      const { name, manifest, files, bytes } = fit.component
      return { device: device.id, fit: { assignment: { component: name, manifest, files, bytes } } }
    })
}

/** @throws CallerError when the plan is a refusal */
export function refuse(plan: Plan, place: string, service: string): asserts plan is Exclude<Plan, { refusal: string }> {
  if (!('refusal' in plan)) return
  if (plan.refusal === 'too-many-devices')
    throw at(tooManyDevices, place, `${service}: more than ${maximumDevices} devices`)
  if (plan.refusal === 'no-device') throw at(noDevice, place, `${service}: the household has no device for it`)
  throw new CallerError(noComponentFits, `${service}: ${leftOut(plan.skipped)}`, {
    places: plan.skipped.map(({ device, reason }) => ({ pointer: `${place}/devices`, detail: `${device}: ${reason}` })),
  })
}

/** Devices left out and why, for people. */
function leftOut(skipped: readonly Skipped[]): string {
  return skipped
    .slice(0, 20)
    .map(({ device, reason }) => `${device}: ${reason}`)
    .join('; ')
}

export function at(code: ErrorCode, pointer: string, detail: string): CallerError {
  return new CallerError(code, detail, { places: [{ pointer, detail }] })
}
