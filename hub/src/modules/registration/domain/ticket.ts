import type { DeviceClass } from '@sutler/device-model'
import type { WallTime } from '../../../platform/clock.ts'

export const ticketStates = ['waiting', 'approved', 'refused', 'enrolled'] as const

/** An enrolment that a person decides. The device asks again with the same claim and key until it was decided. */
export interface Ticket {
  readonly id: string
  readonly tenant: string
  readonly household: string
  readonly claim: string
  /** SubjectPublicKeyInfo, base64url. */
  readonly publicKey: string
  readonly serial: string
  readonly class: DeviceClass
  /** `approved` until the device has come for its certificate. */
  readonly state: (typeof ticketStates)[number]
  readonly askedAt: WallTime
  readonly expiresAt: WallTime
  /** Account id. */
  readonly decidedBy: string | null
  readonly decidedAt: WallTime | null
}
