import type { DeviceClass } from '@sutler/device-model'
import type { WallTime } from '../../../platform/clock.ts'
import { approvals, type Approval } from './approval.ts'
import type { NativeTicket } from './ticket.ts'

/** What a device asks, its signature already verified. */
export interface EnrolmentRequest {
  /** SHA-256 of the claim, base64url. */
  readonly claimHash: string
  readonly serial: string
  readonly class: DeviceClass
  /** SubjectPublicKeyInfo, base64url. */
  readonly publicKey: string
}

export interface KnownClaim {
  readonly id: string
  readonly tenant: string
  readonly hash: string
  readonly household: string
  /** Only this serial may use it; null = any. */
  readonly serial: string | null
  /** Only serials that begin so may use it; null = any. */
  readonly serialPrefix: string | null
  readonly approval: Approval
  /** It gives this device, which is there, its identity back; null = it makes new ones. */
  readonly device: string | null
  readonly uses: number
  readonly used: number
  readonly expiresAt: WallTime
  /** Also when the order that it is for has ended. */
  readonly revoked: boolean
}

/** An enrolment that a person was asked about. */
export type KnownTicket = Pick<NativeTicket, 'id' | 'claim' | 'publicKey' | 'serial' | 'class' | 'state' | 'expiresAt'>

export interface KnownDevice {
  readonly device: string
  readonly household: string
  /** With which its key came in. */
  readonly claim: string
  readonly publicKey: string
  /** Out of service. */
  readonly revoked: boolean
  /** Somebody else has had its key, or that is suspected. */
  readonly keyRevoked: boolean
}

/** A device and the key that it has from now on. */
export interface KeyedDevice {
  readonly device: string
  readonly tenant: string
  readonly household: string
  readonly claim: string
  readonly publicKey: string
}

export interface EnrolledDevice extends KeyedDevice {
  readonly serial: string
  readonly class: DeviceClass
}

export type EnrolmentAnswer =
  | { readonly kind: 'enrolled' | 'repeated'; readonly device: string; readonly household: string }
  | { readonly kind: 'waiting'; readonly ticket: string; readonly expiresAt: WallTime }
  | { readonly kind: 'refused' }

export interface EnrolmentPlan {
  /** One per request, in their order. */
  readonly answers: readonly EnrolmentAnswer[]
  readonly enrol: readonly EnrolledDevice[]
  /** Devices that were there and get an identity again. */
  readonly rekey: readonly KeyedDevice[]
  /** Enrolments that a person is to decide from now on. */
  readonly wait: readonly NativeTicket[]
  /** Ids of tickets whose device is enrolled now. */
  readonly ended: readonly string[]
}

/** What stands in the database, under lock. */
export interface EnrolmentState {
  readonly claims: readonly KnownClaim[]
  readonly devices: readonly KnownDevice[]
  readonly tickets?: readonly KnownTicket[]
}

/** How long a person has to decide, and then the device to come back, milliseconds. */
export const ticketLifetime = 7 * 86_400_000

const refused: EnrolmentAnswer = { kind: 'refused' }

/**
 * Decides a batch of enrolments over the claims and keys they name, as they stand under lock. One key is one device: its
 * repeat with the claim it came in with gets the same answer again, even after the claim has run out; with any other claim,
 * once decommissioned, or once its key was in two places, it is refused. A claim for a device that is there gives that one
 * its identity back, with the key it had or a new one. Where a person has to agree, the device waits: that takes one of the
 * claim's uses, so that there are never more tickets than devices could come. All refusals look alike.
 */
export function planEnrolments(
  requests: readonly EnrolmentRequest[],
  { claims, devices, tickets = [] }: EnrolmentState,
  now: WallTime,
  newId: (prefix: 'dev' | 'enr') => string,
): EnrolmentPlan {
  const plan = new Plan(claims, devices, tickets, now, newId)
  const answers = requests.map((request) => plan.answer(request))
  return { answers, enrol: plan.enrol, rekey: plan.rekey, wait: plan.wait, ended: plan.ended }
}

class Plan {
  readonly enrol: EnrolledDevice[] = []
  readonly rekey: KeyedDevice[] = []
  readonly wait: NativeTicket[] = []
  readonly ended: string[] = []
  readonly #claims: ReadonlyMap<string, KnownClaim>
  readonly #devices: Map<string, KnownDevice>
  readonly #tickets: Map<string, KnownTicket>
  /** Uses that are neither taken nor waited for, by claim. */
  readonly #left: Map<string, number>
  readonly #now: WallTime
  readonly #newId: (prefix: 'dev' | 'enr') => string
  readonly #agreed = approvals()

  constructor(
    claims: readonly KnownClaim[],
    devices: readonly KnownDevice[],
    tickets: readonly KnownTicket[],
    now: WallTime,
    newId: (prefix: 'dev' | 'enr') => string,
  ) {
    const good = tickets.filter(({ expiresAt }) => now < expiresAt)
    this.#claims = new Map(claims.map((claim) => [claim.hash, claim]))
    this.#devices = new Map(devices.map((device) => [device.publicKey, device]))
    this.#tickets = new Map(good.map((ticket) => [ticketKey(ticket), ticket]))
    this.#left = new Map(claims.map(({ id, uses, used }) => [id, uses - used]))
    for (const { claim, state } of good)
      if (state === 'waiting' || state === 'approved') this.#left.set(claim, (this.#left.get(claim) ?? 0) - 1)
    this.#now = now
    this.#newId = newId
  }

  answer(request: EnrolmentRequest): EnrolmentAnswer {
    const claim = this.#claims.get(request.claimHash)
    if (!claim) return refused
    const known = this.#devices.get(request.publicKey)
    if (known) {
      if (known.revoked || known.keyRevoked) return refused
      if (known.claim === claim.id) return { kind: 'repeated', device: known.device, household: known.household }
      if (known.device !== claim.device) return refused
    }
    if (claim.revoked) return refused
    const ticket = this.#tickets.get(ticketKey({ claim: claim.id, publicKey: request.publicKey }))
    return ticket ? this.#again(claim, request, ticket) : this.#first(claim, request)
  }

  #first(claim: KnownClaim, request: EnrolmentRequest): EnrolmentAnswer {
    const left = this.#left.get(claim.id)!
    if (!usable(claim, request, this.#now) || left < 1) return refused
    this.#left.set(claim.id, left - 1)
    if (this.#agreed(claim.approval, request)) return this.#enrolled(claim, request)
    const { serial, publicKey, class: deviceClass } = request
    const ticket: NativeTicket = {
      id: this.#newId('enr'),
      tenant: claim.tenant,
      household: claim.household,
      claim: claim.id,
      publicKey,
      serial,
      class: deviceClass,
      state: 'waiting',
      protocol: 'native',
      identity: null,
      gateway: null,
      device: null,
      says: {},
      askedAt: this.#now,
      expiresAt: this.#now + ticketLifetime,
      decidedBy: null,
      decidedAt: null,
    }
    this.wait.push(ticket)
    this.#tickets.set(ticketKey(ticket), ticket)
    return { kind: 'waiting', ticket: ticket.id, expiresAt: ticket.expiresAt }
  }

  /** The person has agreed to this serial and class and no other. */
  #again(claim: KnownClaim, request: EnrolmentRequest, ticket: KnownTicket): EnrolmentAnswer {
    if (ticket.serial !== request.serial || ticket.class !== request.class) return refused
    if (ticket.state === 'waiting') return { kind: 'waiting', ticket: ticket.id, expiresAt: ticket.expiresAt }
    if (ticket.state !== 'approved') return refused
    this.ended.push(ticket.id)
    return this.#enrolled(claim, request)
  }

  #enrolled(claim: KnownClaim, { serial, publicKey, class: deviceClass }: EnrolmentRequest): EnrolmentAnswer {
    const { tenant, household } = claim
    const device = claim.device ?? this.#newId('dev')
    const keyed = { device, tenant, household, claim: claim.id, publicKey }
    this.#devices.set(publicKey, { ...keyed, revoked: false, keyRevoked: false })
    if (claim.device === null) this.enrol.push({ ...keyed, serial, class: deviceClass })
    else this.rekey.push(keyed)
    return { kind: 'enrolled', device, household }
  }
}

function ticketKey({ claim, publicKey }: { readonly claim: string; readonly publicKey: string }): string {
  return `${claim} ${publicKey}`
}

function usable({ expiresAt, serial, serialPrefix }: KnownClaim, request: EnrolmentRequest, now: WallTime): boolean {
  const fits = serial === null || serial === request.serial
  return now < expiresAt && fits && (serialPrefix === null || request.serial.startsWith(serialPrefix))
}
