/** How many devices each component of a version would fit, and why others get none. */

/** Devices that are alike for the version. */
export interface AlikeDevices {
  readonly class: string
  readonly devices: number
  /** The component that they would get, or why they get none; null where none is made for their class. */
  readonly fit: { readonly component: string } | { readonly reason: string } | null
}

export interface FleetFit {
  readonly devices: number
  /** Devices of classes for which no component is made. */
  readonly otherClasses: number
  /** Every component, in the version's order. */
  readonly components: readonly { readonly component: string; readonly devices: number }[]
  /** Most frequent first. */
  readonly misfits: readonly { readonly class: string; readonly reason: string; readonly devices: number }[]
}

export function fleetFit(components: readonly string[], alike: readonly AlikeDevices[]): FleetFit {
  const fitting = new Map(components.map((component) => [component, 0]))
  const misfits = new Map<string, { class: string; reason: string; devices: number }>()
  let otherClasses = 0
  for (const { class: name, devices, fit } of alike) {
    if (fit === null) otherClasses += devices
    else if ('component' in fit) fitting.set(fit.component, (fitting.get(fit.component) ?? 0) + devices)
    else {
      const key = `${name} ${fit.reason}`
      const known = misfits.get(key) ?? { class: name, reason: fit.reason, devices: 0 }
      misfits.set(key, { ...known, devices: known.devices + devices })
    }
  }
  return {
    devices: alike.reduce((sum, { devices }) => sum + devices, 0),
    otherClasses,
    components: [...fitting].map(([component, devices]) => ({ component, devices })),
    misfits: [...misfits.values()].toSorted((a, b) => b.devices - a.devices || (a.reason < b.reason ? -1 : 1)),
  }
}
