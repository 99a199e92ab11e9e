/** Planning: from an order item and the devices of a household to deliveries. Pure; nothing is looked up here. */

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
  /** Null for a removal: there is nothing to install. */
  readonly assignment: Assignment | null
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
    else deliveries.push({ device, assignment: fit.assignment })
  }
  if (candidates.length === 0) return { refusal: 'no-device', skipped }
  if (deliveries.length === 0 || (named && skipped.length > 0)) return { refusal: 'no-component-fits', skipped }
  if (deliveries.length > maximumDevices) return { refusal: 'too-many-devices', skipped }
  return { deliveries, skipped }
}

/** Plans a `remove`: every device that was ever delivered to, whatever its last state. */
export function planRemoval(devices: readonly string[]): Plan {
  if (devices.length === 0) return { refusal: 'no-device', skipped: [] }
  if (devices.length > maximumDevices) return { refusal: 'too-many-devices', skipped: [] }
  return { deliveries: devices.map((device) => ({ device, assignment: null })), skipped: [] }
}
