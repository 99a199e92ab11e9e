import { CallerError, type ErrorCode } from '../../../platform/errors.ts'
import { unknownHousehold } from '../../entity-management/index.ts'
import { orderRefusal, type VersionDefinition } from '../../service-definitions/index.ts'
import type { OrderRequest } from '../contract.ts'
import { maximumDevices, planInstall, type Plan, type Skipped } from '../domain/decompose.ts'
import {
  noComponentFits,
  noDevice,
  serviceTwice,
  tooManyDevices,
  unknownDevice,
  unknownService,
  unknownVersion,
} from '../errors.ts'
import type { OrderDependencies } from './dependencies.ts'

/** Everything about an order that can be looked up and refused before anything is locked or written. */

export type RequestItem = OrderRequest['items'][number]

/** One item of the request with what was found for it. */
export interface PreparedItem {
  readonly request: RequestItem
  /** Null for a removal. */
  readonly version: VersionDefinition | null
  /** Null for a removal: it goes to whatever devices were delivered to. */
  readonly plan: Plan | null
}

type HouseholdDevices = Awaited<ReturnType<OrderDependencies['entities']['devicesOfHousehold']>>

/** @throws CallerError naming the wrong place by JSON pointer */
export async function prepareOrder(
  deps: OrderDependencies,
  tenant: string,
  request: OrderRequest,
): Promise<PreparedItem[]> {
  const found = await deps.entities.devicesOfHousehold(request.household)
  const devices = found.filter((device) => device.tenant === tenant)
  if (devices.length === 0 && (await deps.entities.household(request.household))?.tenant !== tenant)
    throw at(unknownHousehold, '/household', `there is no household ${request.household}`)
  const seen = new Set<string>()
  const prepared: PreparedItem[] = []
  for (const [index, item] of request.items.entries()) {
    const place = `/items/${index}`
    if (seen.has(item.service)) throw at(serviceTwice, `${place}/service`, `${item.service} is named more than once`)
    seen.add(item.service)
    const version =
      item.action === 'remove' ? null : await deps.definitions.version(tenant, item.service, item.version ?? null)
    if (version === null && (await deps.definitions.service(tenant, item.service)) === null)
      throw at(unknownService, `${place}/service`, `there is no service ${item.service}`)
    for (const [position, id] of (item.devices ?? []).entries())
      if (!devices.some((device) => device.id === id))
        throw at(unknownDevice, `${place}/devices/${position}`, `household ${request.household} has no device ${id}`)
    prepared.push(
      item.action === 'remove'
        ? { request: item, version: null, plan: null }
        : await prepareInstall(deps, item, version, devices, place),
    )
  }
  return prepared
}

async function prepareInstall(
  deps: OrderDependencies,
  item: RequestItem,
  version: VersionDefinition | null,
  devices: HouseholdDevices,
  place: string,
): Promise<PreparedItem> {
  if (version === null)
    throw at(unknownVersion, `${place}/version`, `${item.service} has no ${item.version ?? 'released'} version`)
  const refusal = orderRefusal(version.state)
  if (refusal !== null) throw at(unknownVersion, `${place}/version`, `${item.service} ${version.version}: ${refusal}`)
  await deps.definitions.requireSigned(version)
  const wanted = item.devices === undefined ? devices : devices.filter((device) => item.devices!.includes(device.id))
  const candidates = wanted
    .filter((device) => device.state === 'active')
    .map((device) => {
      const fit = deps.definitions.fit(version, device.capabilities, device.class)
      if (fit.component === null) return { device: device.id, fit: { reason: fit.reason } }
      const { name, manifest, files, bytes } = fit.component
      return { device: device.id, fit: { assignment: { component: name, manifest, files, bytes } } }
    })
  const plan = planInstall(candidates, item.devices !== undefined)
  refuse(plan, place, item.service)
  return { request: item, version, plan }
}

/** @throws CallerError when the plan is a refusal */
export function refuse(plan: Plan, place: string, service: string): void {
  if (!('refusal' in plan)) return
  if (plan.refusal === 'too-many-devices')
    throw at(tooManyDevices, place, `${service}: more than ${maximumDevices} devices`)
  if (plan.refusal === 'no-device') throw at(noDevice, place, `${service}: the household has no device for it`)
  throw new CallerError(noComponentFits, `${service}: ${leftOut(plan.skipped)}`, {
    places: plan.skipped.map(({ device, reason }) => ({ pointer: `${place}/devices`, detail: `${device}: ${reason}` })),
  })
}

/** Devices left out and why, for people. */
export function leftOut(skipped: readonly Skipped[]): string {
  return skipped
    .slice(0, 20)
    .map(({ device, reason }) => `${device}: ${reason}`)
    .join('; ')
}

export function at(code: ErrorCode, pointer: string, detail: string): CallerError {
  return new CallerError(code, detail, { places: [{ pointer, detail }] })
}
