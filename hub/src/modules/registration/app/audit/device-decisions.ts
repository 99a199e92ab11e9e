import type { Digest } from '@sutler/device-model'
import type { Clock, Milliseconds } from '../../../../platform/clock.ts'
import type { NewDecision, Verdict } from '../../../../platform/decisions.ts'
import { deviceId } from '../../../../platform/ids.ts'
import { CallerError } from '../../../../platform/errors.ts'
import type { PeerCertificate } from '../../../../platform/tls/peer-certificate.ts'
import type { EnrolledDevice, KeyedDevice } from '../../domain/enrolment.ts'
import type { DeviceKeys } from '../device-keys.ts'
import type { DecisionLog } from './decision-log.ts'

const stranger = { id: 'nobody', kind: 'nobody' } as const

type Authenticate = (device: string, password: string, certificate: PeerCertificate | null) => Promise<boolean>

/** Devices that polled lately, remembered at a time. */
const mostTold = 100_000
const day: Milliseconds = 86_400_000
const hour: Milliseconds = 3_600_000

/** Decisions about devices: each is in the audit, whoever makes it. */
export function deviceDecisions(log: DecisionLog, clock: Clock) {
  const told = new Map<string, Milliseconds>()
  /** Devices that poll are let in all the time: once is enough. */
  const isNew = (what: string, within: Milliseconds): boolean => {
    const now = clock.monotonic()
    const last = told.get(what)
    if (last !== undefined && now < last + within) return false
    told.delete(what)
    told.set(what, now)
    if (told.size > mostTold) told.delete(told.keys().next().value!)
    return true
  }

  const decided = (made: Omit<NewDecision, 'tenant'>) => log.repeated({ tenant: null, ...made })
  const about = (device: string, action: string, verdict: Verdict, reason: string, object: object = {}) =>
    decided({ actor: { id: device, kind: 'device' }, action, object: { device, ...object }, verdict, reason })

  return {
    /** A connection covers its two topics. Refused strangers are counted together: anybody can make up names. */
    connection:
      (authenticate: Authenticate, keys: DeviceKeys): Authenticate =>
      async (device, password, certificate) => {
        const good = await authenticate(device, password, certificate)
        const how = certificate === null ? 'signed with the key of its certificate' : 'by its certificate'
        if (good) about(device, 'device.connect', 'allowed', `${how}; its own two topics`)
        else if (deviceId.test(device) && (await keys.find(device, () => true)) !== null)
          about(
            device,
            'device.connect',
            'refused',
            'not its certificate or key, not fresh, used before, replaced, revoked or quarantined',
          )
        else
          decided({
            actor: stranger,
            action: 'device.connect',
            object: {},
            verdict: 'refused',
            reason: 'no such device',
          })
        return good
      },

    /** A device that polls was let in by its identity in its protocol: told once a day. */
    identified(protocol: string, device: string, by: string): void {
      if (isNew(`${device} ${protocol} ${by}`, day))
        about(device, 'device.connect', 'allowed', `by its identity in ${protocol}: ${by}`)
    },

    /** @param device null = there is none of that identity. Told once an hour. */
    identityRefused(protocol: string, device: string | null, why: string): void {
      const reason = `${protocol}: ${device === null ? 'no such identity' : why}`
      if (device === null)
        decided({ actor: stranger, action: 'device.connect', object: {}, verdict: 'refused', reason })
      else if (isNew(`${device} ${reason}`, hour)) about(device, 'device.connect', 'refused', reason)
    },

    /** For the transaction that enrols it. */
    enrolled({ device, tenant, household, claim, serial }: EnrolledDevice) {
      const actor = { id: device, kind: 'device' } as const
      const object = { device, household, claim, serial }
      const reason = 'a claim that is good for it, and its own key'
      return log.make({ tenant, actor, action: 'device.enrol', object, verdict: 'allowed', reason })
    },

    /** For the transaction that lets in a device by the rule of its batch. */
    admitted(protocol: string, tenant: string, identity: string, gateway: string) {
      const object = { identity: identity.slice(0, 100), gateway }
      const reason = `${protocol}: the rule of the credential of its batch`
      return log.make({ tenant, actor: stranger, action: 'device.enrol', object, verdict: 'allowed', reason })
    },

    /** For the transaction that gives it its identity back. */
    reEnrolled({ device, tenant, household, claim }: KeyedDevice) {
      const actor = { id: device, kind: 'device' } as const
      const object = { device, household, claim }
      const reason = 'a claim that was made for this device'
      return log.make({ tenant, actor, action: 'device.enrol', object, verdict: 'allowed', reason })
    },

    /** For the transaction that certifies its key. */
    renewed(device: string, tenant: string) {
      const actor = { id: device, kind: 'device' } as const
      const reason = 'it holds a certificate that is good'
      return log.make({ tenant, actor, action: 'device.renew', object: { device }, verdict: 'allowed', reason })
    },

    renewalRefused(device: string | null, reason: string) {
      if (device !== null) return about(device, 'device.renew', 'refused', reason)
      return decided({ actor: stranger, action: 'device.renew', object: {}, verdict: 'refused', reason })
    },

    enrolledAgain: (device: string) => about(device, 'device.enrol', 'allowed', 'the same claim and key again'),

    enrolmentWaits(serial: string, ticket: string) {
      const reason = 'a person is to agree first'
      decided({ actor: stranger, action: 'device.enrol', object: { serial, ticket }, verdict: 'refused', reason })
    },

    enrolmentRefused(serial: string) {
      const reason = 'no claim that is good for it, or not signed with the key that it brings'
      decided({ actor: stranger, action: 'device.enrol', object: { serial }, verdict: 'refused', reason })
    },

    linkMade: (device: string, manifest: Digest) =>
      about(device, 'file.link', 'allowed', 'it was sent the manifest', { manifest }),

    /** @param tell is called with the decision's id. @throws what `check` throws */
    fileRead<T extends { device: string }>(manifest: Digest, check: () => T, tell: (decision: string) => void): T {
      const link = refusing(check, (reason) => {
        tell(decided({ actor: stranger, action: 'file.read', object: { manifest }, verdict: 'refused', reason }).id)
      })
      tell(about(link.device, 'file.read', 'allowed', 'a link for this device and manifest', { manifest }).id)
      return link
    },
  }
}

function refusing<T>(check: () => T, refused: (reason: string) => void): T {
  try {
    return check()
  } catch (error) {
    if (error instanceof CallerError) refused(error.entry.title)
    throw error
  }
}

export type DeviceDecisions = ReturnType<typeof deviceDecisions>
