import type { InstalledComponent } from '@sutler/device-model'
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

/** @param reported what the device says is in place */
export function driftOf(proved: readonly Proved[], reported: readonly InstalledComponent[]): Drift[] {
  const inPlace = new Map(reported.map((component) => [component.service, component]))
  return proved.flatMap((expected) => {
    if (expected.busy) return []
    const detail = difference(expected, inPlace.get(expected.service))
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

function difference(expected: Proved, found: InstalledComponent | undefined): string | null {
  const { kind, service, version, component, manifest } = expected
  if (kind !== 'install') {
    if (found === undefined) return null
    return `${service} ${found.version} is in use, although it was ${kind === 'remove' ? 'removed' : 'suspended'}`
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
