import type { DeviceClass } from '@sutler/device-model'
import type { WallTime } from '../../../platform/clock.ts'

/** What a device asks, its signature already verified. */
export interface EnrolmentRequest {
  /** SHA-256 of the claim, base64url. */
  readonly claimHash: string
  readonly serial: string
  readonly class: DeviceClass
  /** Raw Ed25519 key, 32 bytes, base64url. */
  readonly publicKey: string
}

export interface KnownClaim {
  readonly id: string
  readonly hash: string
  readonly household: string
  /** Only this serial may use it; null = any. */
  readonly serial: string | null
  readonly uses: number
  readonly used: number
  readonly expiresAt: WallTime
  readonly revoked: boolean
}

export interface KnownDevice {
  readonly device: string
  readonly household: string
  readonly claim: string
  readonly publicKey: string
  readonly revoked: boolean
}

export interface EnrolledDevice {
  readonly device: string
  readonly household: string
  readonly claim: string
  readonly publicKey: string
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
}

/**
 * Decides a batch of enrolments over the claims and keys they name, as they stand under lock. One key is one device: its
 * repeat with the claim it came in with gets the same answer again, even after the claim has run out; with any other claim,
 * or once decommissioned, it is refused. All refusals look alike.
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
  const answers = requests.map((request): EnrolmentAnswer => {
    const claim = claimsByHash.get(request.claimHash)
    if (!claim) return { kind: 'refused' }
    const known = byKey.get(request.publicKey)
    if (known) {
      const same = known.claim === claim.id && !known.revoked
      return same ? { kind: 'repeated', device: known.device, household: known.household } : { kind: 'refused' }
    }
    if (!usable(claim, request, now) || left.get(claim.id)! < 1) return { kind: 'refused' }
    left.set(claim.id, left.get(claim.id)! - 1)
    const { serial, publicKey } = request
    const { household } = claim
    const added = { device: newDeviceId(), household, claim: claim.id, publicKey, serial, class: request.class }
    enrol.push(added)
    byKey.set(publicKey, { ...added, revoked: false })
    return { kind: 'enrolled', device: added.device, household }
  })
  return { answers, enrol }
}

function usable(claim: KnownClaim, request: EnrolmentRequest, now: WallTime): boolean {
  return !claim.revoked && now < claim.expiresAt && (claim.serial === null || claim.serial === request.serial)
}
