import type { DeviceClass } from '@sutler/device-model'
import type { WallTime } from '../../../platform/clock.ts'

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
  /** It gives this device, which is there, its identity back; null = it makes new ones. */
  readonly device: string | null
  readonly uses: number
  readonly used: number
  readonly expiresAt: WallTime
  readonly revoked: boolean
}

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
  | { readonly kind: 'refused' }

export interface EnrolmentPlan {
  /** One per request, in their order. */
  readonly answers: readonly EnrolmentAnswer[]
  readonly enrol: readonly EnrolledDevice[]
  /** Devices that were there and get an identity again. */
  readonly rekey: readonly KeyedDevice[]
}

const refused: EnrolmentAnswer = { kind: 'refused' }

/**
 * Decides a batch of enrolments over the claims and keys they name, as they stand under lock. One key is one device: its
 * repeat with the claim it came in with gets the same answer again, even after the claim has run out; with any other claim,
 * once decommissioned, or once its key was in two places, it is refused. A claim for a device that is there gives that one
 * its identity back, with the key it had or a new one. All refusals look alike.
 */
export function planEnrolments(
  requests: readonly EnrolmentRequest[],
  claims: readonly KnownClaim[],
  devices: readonly KnownDevice[],
  now: WallTime,
  newDeviceId: () => string,
): EnrolmentPlan {
  const claimsByHash = new Map(claims.map((claim) => [claim.hash, claim]))
  const byKey = new Map(devices.map((device) => [device.publicKey, device]))
  const left = new Map(claims.map((claim) => [claim.id, claim.uses - claim.used]))
  const enrol: EnrolledDevice[] = []
  const rekey: KeyedDevice[] = []
  const answers = requests.map((request): EnrolmentAnswer => {
    const claim = claimsByHash.get(request.claimHash)
    if (!claim) return refused
    const known = byKey.get(request.publicKey)
    if (known) {
      if (known.revoked || known.keyRevoked) return refused
      if (known.claim === claim.id) return { kind: 'repeated', device: known.device, household: known.household }
      if (known.device !== claim.device) return refused
    }
    if (!usable(claim, request, now) || left.get(claim.id)! < 1) return refused
    left.set(claim.id, left.get(claim.id)! - 1)
    const { serial, publicKey } = request
    const { tenant, household } = claim
    const keyed = { device: claim.device ?? newDeviceId(), tenant, household, claim: claim.id, publicKey }
    byKey.set(publicKey, { ...keyed, revoked: false, keyRevoked: false })
    if (claim.device === null) enrol.push({ ...keyed, serial, class: request.class })
    else rekey.push(keyed)
    return { kind: 'enrolled', device: keyed.device, household }
  })
  return { answers, enrol, rekey }
}

function usable(claim: KnownClaim, request: EnrolmentRequest, now: WallTime): boolean {
  return !claim.revoked && now < claim.expiresAt && (claim.serial === null || claim.serial === request.serial)
}
