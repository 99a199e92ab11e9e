import { randomBytes } from 'node:crypto'
import type { EnrolAnswer, IdentityClaim } from '@sutler/device-model'
import { storable } from '../../../../platform/storable-text.ts'
import { isForeign, scopeOf, type IdentityRecord, type StoredCredential } from '../../domain/device-identity.ts'
import { provenBy, type Open } from '../../domain/device-proof.ts'
import type { DeviceDecisions } from '../audit/device-decisions.ts'
import { tooManyAttempts } from '../codes.ts'
import type { RegistrationDependencies } from '../dependencies.ts'
import type { Arrivals } from './arrivals.ts'
import { deviceNotRecognised, tooManyWaiting } from './codes.ts'
import { Guesses, type Attempt } from './guesses.ts'
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

  const judge = (claim: IdentityClaim, attempt: Attempt, record: IdentityRecord | null) => {
    const { protocol, identity, proof } = claim
    const by = provenBy(record ?? { identity, credentials: [] }, proof, open, decoy)
    if (record === null || by === null) return unrecognised(claim, attempt, record)
    attempt.right()
    if (!record.inForce) {
      decisions.identityRefused(protocol, record.device, 'out of service, quarantined, or to speak another protocol')
      return refused
    }
    decisions.identified(protocol, record.device, by.kind)
    return { device: record.device, class: record.class, tenant: record.tenant }
  }

  /** Whoever is out of service stays out, whatever it shows. */
  const unrecognised = async (claim: IdentityClaim, attempt: Attempt, record: IdentityRecord | null) => {
    const { protocol } = claim
    const mayArrive = isForeign(protocol) && isStorable(claim.identity) && record?.inForce !== false
    const arrived = mayArrive ? await arrivals.arrive(claim, protocol, record) : null
    if (arrived === null) {
      decisions.identityRefused(protocol, record?.device ?? null, 'not by what it showed')
      return refused
    }
    // Where too many wait already, whoever brings more is slowed.
    if (!('refused' in arrived) || arrived.refused !== tooManyWaiting.code) attempt.forgiven()
    return arrived
  }

  /**
   * Whether it is that device.
   * @throws OutsideError `overloaded`, `audit-full`, `seal-broken` (503)
   */
  return async (claim: IdentityClaim): Promise<EnrolAnswer> => {
    const { protocol, tenant = '', identity, address, proof } = claim
    const guessable = 'password' in proof || 'digest' in proof
    const attempt = guesses.begin({ identity: `${protocol} ${tenant} ${identity}`, address, guessable })
    if (typeof attempt === 'number')
      return { refused: tooManyAttempts.code, retryAfter: Math.max(1, Math.ceil(attempt / 1000)) }
    if (!isForeign(protocol) || !isStorable(identity)) return judge(claim, attempt, null)
    const record = records.find({ protocol, scope: scopeOf(protocol, tenant), identity })
    // Whoever is in memory does not wait for a turn.
    return judge(claim, attempt, record instanceof Promise ? await record : record)
  }
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
