/** Planning: from an order item and the devices of a household to deliveries. Pure; nothing is looked up here. */

import type { DeliveryKind } from './states.ts'

/** What a device must get: one component of the version, identified by its manifest. */
export interface Assignment {
  readonly component: string
  readonly manifest: { readonly digest: string; readonly size: number }
  readonly files: number
  readonly bytes: number
}

/** A device of the household and what fits it, or why nothing does (in words a person can act on). */
export interface Candidate {
  readonly device: string
  readonly fit: { readonly assignment: Assignment } | { readonly reason: string }
}

export interface PlannedDelivery {
  readonly device: string
  readonly kind: DeliveryKind
  /** Null for what installs nothing. */
  readonly assignment: Assignment | null
  /** Those of a turn start when all of the turn before are confirmed; from 0. */
  readonly turn: number
}

/** Devices per item: what the lifecycle's data (64 KiB) and one macrostep (1,000 steps) carry with room to spare. */
export const maximumDevices = 250

export type Plan =
  | { readonly deliveries: readonly PlannedDelivery[]; readonly skipped: readonly Skipped[] }
  | { readonly refusal: 'no-device' | 'no-component-fits' | 'too-many-devices'; readonly skipped: readonly Skipped[] }

export interface Skipped {
  readonly device: string
  readonly reason: string
}

/**
 * Plans an `add` or `modify`. Devices that the sponsor named must all fit; of a whole household's devices those that do not
 * fit are left out, with the reason, and at least one must remain.
 */
export function planInstall(candidates: readonly Candidate[], named: boolean): Plan {
  const deliveries: PlannedDelivery[] = []
  const skipped: Skipped[] = []
  for (const { device, fit } of candidates) {
    if ('reason' in fit) skipped.push({ device, reason: fit.reason })
    else deliveries.push({ device, kind: 'install', assignment: fit.assignment, turn: 0 })
  }
  if (candidates.length === 0) return { refusal: 'no-device', skipped }
  if (deliveries.length === 0 || (named && skipped.length > 0)) return { refusal: 'no-component-fits', skipped }
  if (deliveries.length > maximumDevices) return { refusal: 'too-many-devices', skipped }
  return { deliveries, skipped }
}

/** Plans a `remove`: every device that was ever delivered to, whatever its last state. */
export function planRemoval(devices: readonly string[]): Plan {
  return planEach(devices, 'remove')
}

/** Plans a `suspend`: every device that was ever delivered to. */
export function planSuspension(devices: readonly string[]): Plan {
  return planEach(devices, 'suspend')
}

/** Plans a `move`: first the devices of the new household get the service, and when all have it, those of the old one lose it. */
export function planMove(installs: Plan, devices: readonly string[]): Plan {
  if ('refusal' in installs) return installs
  const after = Math.max(...installs.deliveries.map(({ turn }) => turn)) + 1
  const leaving = devices.map((device) => ({ device, kind: 'remove', assignment: null, turn: after }) as const)
  const deliveries = [...installs.deliveries, ...leaving]
  if (deliveries.length > maximumDevices) return { refusal: 'too-many-devices', skipped: [] }
  return { deliveries, skipped: installs.skipped }
}

function planEach(devices: readonly string[], kind: 'remove' | 'suspend'): Plan {
  if (devices.length === 0) return { refusal: 'no-device', skipped: [] }
  if (devices.length > maximumDevices) return { refusal: 'too-many-devices', skipped: [] }
  return { deliveries: devices.map((device) => ({ device, kind, assignment: null, turn: 0 })), skipped: [] }
}
