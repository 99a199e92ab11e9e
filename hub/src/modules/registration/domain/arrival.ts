import type { DeviceClass } from '@sutler/device-model'
import type { Milliseconds, WallTime } from '../../../platform/clock.ts'
import type { Approval } from './approval.ts'
import type { Ticket } from './ticket.ts'

/** Devices of foreign protocols that may wait at a time, of one tenant, and of one source. */
export const mostWaiting = { tenant: 1000, gateway: 500, address: 50 } as const

/** One that waits and was not here for so long makes room for another. */
const untouched: Milliseconds = 24 * 3_600_000
/** How exactly it is known when a waiting device was last here. */
const touchEvery: Milliseconds = 3_600_000

/** How devices come in that show the credential of a batch: whose they are, and who has to agree. */
export interface GatewayRule {
  readonly household: string | null
  readonly class: DeviceClass | null
  readonly approval: Approval
}

export interface Arrival {
  readonly identity: string
  /** Of the batch whose credential it has shown; null = it has only a key of its own. */
  readonly rule: GatewayRule | null
  /** It is one that is there, and has shown something new. */
  readonly device: string | null
}

export interface Crowd {
  readonly ofTenant: number
  readonly ofSource: number
  /** The one of this tenant that was not here for longest. */
  readonly oldest: { readonly id: string; readonly seenAt: WallTime } | null
}

export const nobody: Crowd = { ofTenant: 0, ofSource: 0, oldest: null }

export type ArrivalPlan =
  | { readonly kind: 'refuse' }
  /** @property touch write down that it was here */
  | { readonly kind: 'known'; readonly ticket: string; readonly touch: boolean }
  /** @property instead its place is given to the new one */
  | { readonly kind: 'wait'; readonly instead: string | null }
  | { readonly kind: 'enrol'; readonly household: string; readonly class: DeviceClass }
  | { readonly kind: 'crowded' }

type KnownArrival = Pick<Ticket, 'id' | 'state'> & { readonly seenAt: WallTime }

/**
 * What becomes of an unknown device that has proved something. Never is it let in but by the rule of its batch or by a person;
 * how many may wait is bounded, so that nobody fills the list.
 * @param agreed whether the approval lets in a device of this serial and class without a person
 */
export function planArrival(
  { identity, rule, device }: Arrival,
  ticket: KnownArrival | null,
  { ofTenant, ofSource, oldest }: Crowd,
  now: WallTime,
  agreed: (approval: Approval, applicant: { serial: string; class: string }) => boolean,
): ArrivalPlan {
  if (ticket?.state === 'refused') return { kind: 'refuse' }
  if (ticket?.state === 'waiting') return { kind: 'known', ticket: ticket.id, touch: now - ticket.seenAt >= touchEvery }
  const { household = null, class: deviceClass = null, approval = 'person' } = rule ?? {}
  // An identity that is there is nobody's to take without a person.
  if (device === null && household !== null && deviceClass !== null)
    if (agreed(approval, { serial: identity, class: deviceClass }))
      return { kind: 'enrol', household, class: deviceClass }
  if (ofSource >= (rule === null ? mostWaiting.address : mostWaiting.gateway)) return { kind: 'crowded' }
  if (ofTenant < mostWaiting.tenant) return { kind: 'wait', instead: null }
  if (oldest === null || now - oldest.seenAt < untouched) return { kind: 'crowded' }
  return { kind: 'wait', instead: oldest.id }
}
