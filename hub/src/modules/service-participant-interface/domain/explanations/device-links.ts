import type { Delivery, KnownDrift } from '../../../order-processing/index.ts'
import { ended, type Chain, type Explanation } from './chain.ts'
import type { DeviceFacts } from './facts.ts'
import { standingOf } from './standing.ts'
import { capital, clause, deviceText } from './wording.ts'

/** Links about the device itself: whether it is there, and whether it reports what it has proved. */

export function addDevice(chain: Chain, facts: DeviceFacts): number {
  const { device } = facts
  const text = deviceText(facts, device.id)
  const refs = { device: device.id }
  if (device.state === 'decommissioned')
    return chain.add(
      'device',
      null,
      capital(`${text} was taken out of service: nothing is delivered to it any more`),
      refs,
      null,
    )
  if (device.state === 'quarantined')
    return chain.add(
      'device',
      null,
      capital(`${text} is quarantined, as there seem to be two of it: nothing new is planned for it`),
      refs,
      null,
    )
  const at = device.reachableChangedAt === null ? null : new Date(device.reachableChangedAt)
  const presence = device.reachable ? 'is connected' : at === null ? 'was never connected' : 'is not connected'
  return chain.add('presence', at, capital(`${text} ${presence}`), refs, null)
}

/** How the device reports a service otherwise than it was proved; not what it had reported before it proved this. */
export function differing(
  { drift }: Pick<DeviceFacts, 'drift'>,
  { service, state, settledAt }: Delivery,
): KnownDrift | undefined {
  const found = drift.find((each) => each.service === service)
  return state === 'confirmed' && found !== undefined && settledAt !== null && settledAt > found.since
    ? undefined
    : found
}

/** @returns the place of the drift, or of its cause where there is none */
export function addDrift(chain: Chain, drift: KnownDrift | undefined, cause: number): number {
  if (drift === undefined) return cause
  const { service, version, detail, since } = drift
  const sentence = `Since then the device reports something else than what it has proved: ${clause(detail)}`
  return chain.add('drift', since, sentence, { service, version }, cause)
}

/** @param told the delivery whose waiting is that of the whole */
export function finish(chain: Chain, facts: DeviceFacts, answer: string, told?: Delivery): Explanation {
  const standing =
    told === undefined ? { now: null, next: null } : standingOf(facts, facts.orders.get(told.order), told)
  chain.add('state', facts.now, answer, { device: facts.device.id })
  return { answer: ended(answer), chain: chain.links, ...standing }
}
