import { unitLabel, sameUnit, type CapabilityReport, type InstalledComponent, type Unit } from '@sutler/device-model'
import type { DeliveryKind } from './states.ts'

/** Comparing what a device reports to have in place with what it has proved. Pure. */

/** What a device has of one service, by the last delivery of it that was confirmed. */
export interface Proved {
  readonly device: string
  readonly service: string
  readonly tenant: string
  readonly household: string
  readonly subscription: string
  readonly kind: DeliveryKind
  readonly version: string
  readonly component: string
  readonly manifest: string | null
  /** How a device without our agent names it; absent for those that report digests, and where the hub has lost the list. */
  readonly unit?: Unit
  /** A delivery of the service to this device is under way: what it proves will count, not what is reported meanwhile. */
  readonly busy: boolean
}

/** How the device should have the service. */
export type Wanted = 'installed' | 'suspended' | 'absent'

export interface Drift extends Pick<
  Proved,
  'device' | 'service' | 'tenant' | 'household' | 'subscription' | 'version' | 'component'
> {
  readonly wanted: Wanted
  /** What is not as it was proved, for people. */
  readonly detail: string
}

/** Paths that a sentence names at most. */
const named = 5

/** @param report what the device says of itself now */
export function driftOf(
  proved: readonly Proved[],
  { protocol, installed, units }: Pick<CapabilityReport, 'protocol' | 'installed' | 'units'>,
): Drift[] {
  // A device without our agent that does not say what it runs says nothing against what it has proved.
  if (protocol !== undefined && units === undefined) return []
  const inPlace = new Map(installed.map((component) => [component.service, component]))
  return proved.flatMap((expected) => {
    if (expected.busy) return []
    const detail = units ? unlike(expected, units) : difference(expected, inPlace.get(expected.service))
    if (detail === null) return []
    const { device, service, tenant, household, subscription, version, component } = expected
    return [
      { device, service, tenant, household, subscription, version, component, wanted: wantedBy[expected.kind], detail },
    ]
  })
}

const wantedBy: Readonly<Record<DeliveryKind, Wanted>> = {
  install: 'installed',
  suspend: 'suspended',
  remove: 'absent',
}

function unlike({ kind, unit, service, version }: Proved, units: readonly Unit[]): string | null {
  if (unit === undefined) return null
  if (units.some((each) => sameUnit(each, unit)))
    return kind === 'install' ? null : `${unitLabel(unit)} is in use, although ${service} was ${undone[kind]}`
  if (kind !== 'install') return null
  const other = units.find(({ name }) => name === unit.name)
  return other === undefined
    ? `${unitLabel(unit)}, which is ${service} ${version}, is missing`
    : `${unitLabel(other)} is in place where ${unitLabel(unit)} was proved`
}

const undone = { remove: 'removed', suspend: 'suspended' } as const

function difference(expected: Proved, found: InstalledComponent | undefined): string | null {
  const { kind, service, version, component, manifest } = expected
  if (kind !== 'install') {
    if (found === undefined) return null
    return `${service} ${found.version} is in use, although it was ${undone[kind]}`
  }
  if (found === undefined) return `${service} ${version} (${component}) is missing`
  if (found.manifest === manifest) return null
  if (found.version !== version || found.component !== component)
    return `${service} ${found.version} (${found.component}) is in place where ${version} (${component}) was proved`
  return `files of ${service} ${version} (${component}) are not as they were proved${which(found.wrong ?? [])}`
}

function which(wrong: readonly string[]): string {
  if (wrong.length === 0) return ''
  return `: ${wrong.slice(0, named).join(', ')}${wrong.length > named ? ' and others' : ''}`
}
