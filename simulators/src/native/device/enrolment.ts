import { randomBytes } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { connectPassword, connectStatement, enrolStatement } from '@sutler/wire'
import { FleetError } from '../errors.ts'
import { keyInfoOf, keyRequestOf, signStatement } from '../plan/device-key.ts'
import type { DeviceProfile } from '../plan/device-profile.ts'
import { callHub, textField } from '../net/hub-call.ts'
import type { FleetContext } from './context.ts'

/** What the hub gives a device when it enrols. */
export interface Enrolment {
  readonly device: string
  /** Id of the hub, part of what a device signs to connect. */
  readonly hub: string
  /** `mqtts://host:port` */
  readonly mqtt: string
  readonly household: string
  /** With its chain, PEM. */
  readonly certificate: string
}

/** Milliseconds. */
const askAgain = 5_000

/**
 * Enrols a device with a claim, and waits where a person has to agree; the same claim and key again give the same answer.
 * @throws FleetError `hub-refused`, `network`
 */
export async function enrol(
  context: FleetContext,
  key: KeyObject,
  profile: DeviceProfile,
  claim: string,
): Promise<Enrolment> {
  const publicKey = Buffer.from(keyInfoOf(key)).toString('base64url')
  const signature = signStatement(key, enrolStatement(claim, profile.serial, publicKey))
  const body = { claim, serial: profile.serial, class: profile.class, csr: keyRequestOf(key), signature }
  let answer = await callHub(context, 'POST', '/api/v1/enrolments', { body })
  // A person is to agree first (202): however long that takes, the fleet’s own end comes before.
  while (typeof answer['ticket'] === 'string') {
    await context.wheel.sleep(askAgain)
    answer = await callHub(context, 'POST', '/api/v1/enrolments', { body })
  }
  return {
    device: textField(answer, 'device'),
    hub: textField(answer, 'hub'),
    mqtt: textField(answer, 'mqtt'),
    household: textField(answer, 'household'),
    certificate: textField(answer, 'certificate'),
  }
}

/** The MQTT password for one connection. @param time milliseconds since the Unix epoch, as the device believes */
export function passwordAt(key: KeyObject, hub: string, device: string, time: number): string {
  const nonce = randomBytes(16).toString('base64url')
  return connectPassword(time, nonce, signStatement(key, connectStatement(hub, device, time, nonce)))
}

/** The hub's time in milliseconds since the Unix epoch. Throws FleetError `network`, `hub-refused`. */
export async function hubTime(context: FleetContext): Promise<number> {
  const answer = await callHub(context, 'GET', '/healthz')
  const time = Date.parse(textField(answer, 'time'))
  if (Number.isNaN(time)) throw new FleetError('hub-refused', `${context.options.hub}/healthz has no readable time`)
  return time
}
