import { randomBytes } from 'node:crypto'
import type { EnrolAnswer, IdentityClaim } from '@sutler/device-model'
import { storable } from '../../../../platform/storable-text.ts'
import { isForeign, scopeOf, type IdentityRecord, type StoredCredential } from '../../domain/device-identity.ts'
import { provenBy, type Open } from '../../domain/device-proof.ts'
import type { DeviceDecisions } from '../audit/device-decisions.ts'
import { tooManyAttempts } from '../codes.ts'
import type { RegistrationDependencies } from '../dependencies.ts'
import type { Arrivals } from './arrivals.ts'
import { deviceNotRecognised } from './codes.ts'
import { Guesses } from './guesses.ts'
import type { IdentityRecords } from './records.ts'

/** Bytes of an identity: more than any protocol needs. */
const mostIdentity = 1024

const refused: EnrolAnswer = { refused: deviceNotRecognised.code }

/**
 * Authentication of devices by what their protocols know. A device that asks all the time is answered from memory; what is
 * changed at another hub counts within five seconds.
 */
export function authentication(
  deps: RegistrationDependencies,
  records: IdentityRecords,
  arrivals: Arrivals,
  decisions: DeviceDecisions,
) {
  const { clock, sealing } = deps
  const guesses = new Guesses(clock)
  const open: Open = ({ purpose, sealed }) => sealing.open(purpose, sealed!)
  const decoy = decoyOf(deps)

  const wrong = (claim: IdentityClaim, device: string | null): EnrolAnswer => {
    guesses.wrong(nameOf(claim), claim.address)
    decisions.identityRefused(claim.protocol, device, 'not by what it showed')
    return refused
  }

  const judge = (claim: IdentityClaim, record: IdentityRecord | null): EnrolAnswer | Promise<EnrolAnswer> => {
    const { protocol, identity, proof, address } = claim
    const by = provenBy(record ?? { identity, credentials: [] }, proof, open, decoy)
    if (record === null || by === null) return unrecognised(claim, record)
    guesses.right(nameOf(claim), address)
    if (!record.inForce) {
      decisions.identityRefused(protocol, record.device, 'out of service, quarantined, or to speak another protocol')
      return refused
    }
    decisions.identified(protocol, record.device, by.kind)
    return { device: record.device, class: record.class, tenant: record.tenant }
  }

  /** Whoever is out of service stays out, whatever it shows. */
  const unrecognised = async (claim: IdentityClaim, record: IdentityRecord | null): Promise<EnrolAnswer> => {
    const { protocol } = claim
    const mayArrive = isForeign(protocol) && isStorable(claim.identity) && record?.inForce !== false
    const arrived = mayArrive ? await arrivals.arrive(claim, protocol, record) : null
    return arrived ?? wrong(claim, record?.device ?? null)
  }

  /**
   * Whether it is that device.
   * @throws OutsideError `overloaded`, `audit-full`, `seal-broken` (503)
   */
  return async (claim: IdentityClaim): Promise<EnrolAnswer> => {
    const { protocol, tenant = '', identity, address } = claim
    const wait = guesses.wait(nameOf(claim), address)
    if (wait > 0) return { refused: tooManyAttempts.code, retryAfter: Math.ceil(wait / 1000) }
    if (!isForeign(protocol) || !isStorable(identity)) return judge(claim, null)
    const record = records.find({ protocol, scope: scopeOf(protocol, tenant), identity })
    // Whoever is in memory does not wait for a turn.
    return judge(claim, record instanceof Promise ? await record : record)
  }
}

function nameOf({ protocol, tenant = '', identity }: IdentityClaim): string {
  return `${protocol} ${tenant} ${identity}`
}

function isStorable(identity: string): boolean {
  return identity !== '' && storable(identity) === identity && Buffer.byteLength(identity) <= mostIdentity
}

/** A credential that nobody holds. */
function decoyOf({ sealing }: RegistrationDependencies): StoredCredential {
  const secret = randomBytes(24)
  const purpose = 'decoy'
  const sealed = sealing.seal(purpose, Buffer.from(secret.toString('base64url')))
  return { id: '', kind: 'token', username: null, digest: randomBytes(32), subject: null, sealed, purpose }
}
