import type { DeviceClass } from '@sutler/device-model'
import type { WallTime } from '../../../platform/clock.ts'
import type { ForeignProtocol } from './device-identity.ts'

export const ticketStates = ['waiting', 'approved', 'refused', 'enrolled'] as const

/** An enrolment that a person decides. The device asks again with the same claim and key until it was decided. */
export interface Ticket {
  readonly id: string
  readonly tenant: string
  /** Null = whoever agrees says it. */
  readonly household: string | null
  /** Null of a device that speaks a protocol of its own. */
  readonly claim: string | null
  /** SubjectPublicKeyInfo, base64url. */
  readonly publicKey: string | null
  readonly serial: string
  /** Null = whoever agrees says it. */
  readonly class: DeviceClass | null
  /** `approved` until the device has come for its certificate. */
  readonly state: (typeof ticketStates)[number]
  readonly protocol: 'native' | ForeignProtocol
  /** In its protocol; null of a native device. */
  readonly identity: string | null
  /** The credential of its batch that it has shown. */
  readonly gateway: string | null
  /** The device that it became, or that its identity was of already. */
  readonly device: string | null
  /** What it says of itself. */
  readonly says: Readonly<Record<string, string>>
  readonly askedAt: WallTime
  readonly expiresAt: WallTime
  /** Account id. */
  readonly decidedBy: string | null
  readonly decidedAt: WallTime | null
}

/** Of a device that came with a claim. */
export type NativeTicket = Ticket & {
  readonly household: string
  readonly claim: string
  readonly publicKey: string
  readonly class: DeviceClass
}
