import type { CapabilityReport, DeviceClass } from '@sutler/device-model'
import type { WallTime } from '../../../platform/clock.ts'
import type { Labels } from './attributes.ts'

/** The device classes, as the API takes them. */
export const deviceClasses = ['set-top-box', 'phone', 'gateway'] as const satisfies readonly DeviceClass[]

/** How a device speaks with the hub: our agent, or what it came with. */
export const deviceProtocols = ['native', 'ddi', 'mender', 'cwmp', 'usp', 'lwm2m'] as const
export type ProtocolName = (typeof deviceProtocols)[number]

export const deviceStates = ['active', 'quarantined', 'decommissioned'] as const

/** In what order devices are listed; `-`: backwards. */
export const deviceOrders = ['id', 'name', '-name', 'presence', '-presence'] as const
export type DeviceOrder = (typeof deviceOrders)[number]

/** Who lives or works together, and orders together: an organisation is a hotel, a school. */
export const householdKinds = ['household', 'organisation'] as const

export interface Household extends Labels {
  readonly id: string
  readonly tenant: string
  readonly name: string
  readonly kind: (typeof householdKinds)[number]
  /** IANA name; quiet hours of devices that report no zone of their own are judged in it. */
  readonly timeZone: string
  /** The one that has taken all of this one's; null for one that lives. */
  readonly mergedInto: string | null
  /** Grows with every change by people: the ETag. */
  readonly version: number
  readonly createdAt: WallTime
}

export interface User extends Labels {
  readonly id: string
  readonly tenant: string
  readonly name: string
  readonly email: string | null
  /** Ids of the households the user belongs to, sorted. */
  readonly households: readonly string[]
  readonly mergedInto: string | null
  /** Nothing of the person is here any more since then; null for one who is. */
  readonly erasedAt: WallTime | null
  readonly version: number
  readonly createdAt: WallTime
}

export interface Device extends Labels {
  readonly id: string
  readonly tenant: string
  readonly household: string
  readonly class: DeviceClass
  /** The maker's serial number, as the device gave it when it enrolled. */
  readonly serial: string
  readonly name: string
  /** The one that it is to speak; in any other it is refused. */
  readonly protocol: ProtocolName
  /** Quarantined: there seem to be two of it, and a person has to decide. */
  readonly state: (typeof deviceStates)[number]
  readonly reachable: boolean
  /** When `reachable` last changed; null before the first connection. While it is false, this is when it was last seen. */
  readonly reachableChangedAt: WallTime | null
  /** The latest capability report; null before the first. */
  readonly capabilities: CapabilityReport | null
  readonly reportedAt: WallTime | null
  /** Grows with every change by people (not with presence and reports): the ETag. */
  readonly version: number
  readonly createdAt: WallTime
}

/** By this tag, which operators give, a device is a test device: it may get what is not released yet. */
const testTag = 'test-device'
/** The same as a filter. */
export const testDevices = `'${testTag}' in device.tags`

export function isTestDevice({ tags }: Pick<Device, 'tags'>): boolean {
  return tags.includes(testTag)
}

/** A device as registration enrols it. */
export interface NewDevice {
  readonly id: string
  readonly household: string
  readonly class: DeviceClass
  readonly serial: string
  readonly name: string
  /** Absent = native. */
  readonly protocol?: ProtocolName
}

export interface DeviceReport {
  readonly device: string
  readonly report: CapabilityReport
}

/** One report of a device's past. */
export interface HistoricReport {
  /** Grows per device. */
  readonly id: number
  readonly report: CapabilityReport
  readonly reportedAt: WallTime
}

export interface PresenceChange {
  readonly device: string
  readonly reachable: boolean
}

/** Whose preferences. */
export interface Subject {
  readonly kind: 'tenant' | 'household' | 'user' | 'device'
  readonly id: string
}

/** Preferences as stored; what the document means is the business of policy-and-preferences. */
export interface Preferences extends Subject {
  readonly document: Readonly<Record<string, unknown>>
  /** 1 at first, grows with every change: the ETag. */
  readonly version: number
}
