import type { Delivery, KnownDrift } from '../../../order-processing/index.ts'
import type { Chain, Explanation } from './chain.ts'
import { addDevice, addDrift, differing, finish } from './device-links.ts'
import { addDelivery, stateText } from './explain-delivery.ts'
import type { DeviceFacts } from './facts.ts'
import { clause, deviceText, timeText } from './wording.ts'

/**
 * Why a device has a version, and whether it still has it.
 * @param own its deliveries of the service, newest first
 * @param now the one that is confirmed
 */
export function explainProved(chain: Chain, facts: DeviceFacts, own: readonly Delivery[], now: Delivery): Explanation {
  const proved = addDelivery(chain, facts, now)
  const drift = differing(facts, now)
  if (drift !== undefined) return explainDrift(chain, facts, own, now, drift, proved)
  addLater(chain, facts, own, now, proved)
  const what = `${deviceText(facts, now.device)} has ${now.service} ${now.version}`
  const since = now.settledAt === null ? '' : ` since ${timeText(facts, now.settledAt)}`
  if (facts.device.state === 'active') return finish(chain, facts, `Yes: ${what}${since}`)
  addDevice(chain, facts)
  return finish(chain, facts, `As far as is known: ${what}${since}, and the device is ${facts.device.state}`)
}

/** It is not as it was proved: what differs, and the order that puts it right, or that there is none. */
function explainDrift(
  chain: Chain,
  facts: DeviceFacts,
  own: readonly Delivery[],
  now: Delivery,
  drift: KnownDrift,
  proved: number,
): Explanation {
  const { service, version } = now
  const drifted = addDrift(chain, drift, proved)
  const repair = own.find(({ kind, settledAt, epoch }) => kind === 'install' && settledAt === null && epoch > now.epoch)
  const others = own.filter((each) => each !== repair)
  addLater(chain, facts, others, now, drifted)
  const answer = `Not as it was proved: ${deviceText(facts, now.device)} reports since ${timeText(facts, drift.since)} that ${clause(drift.detail)}`
  if (repair !== undefined) {
    addDelivery(chain, facts, repair, drifted)
    return finish(chain, facts, `${answer}; order ${repair.order} is to repair it`, repair)
  }
  const wanted = `an order to change ${service} to ${version}`
  chain.add('plan', null, `It takes ${wanted} to repair it, and none is under way`, { service, version }, drifted)
  return {
    ...finish(chain, facts, `${answer}; no order repairs it yet`),
    now: { waitsFor: `${wanted}, from a person or a policy`, until: null },
    next: 'the device gets it anew, and proves it',
  }
}

/** What was sent to the device after what is confirmed. */
function addLater(chain: Chain, facts: DeviceFacts, own: readonly Delivery[], now: Delivery, last: number): void {
  const later = own.filter(({ epoch }) => epoch > now.epoch).toReversed()
  for (const each of later)
    chain.add(
      'device',
      each.settledAt ?? each.updatedAt,
      `Since then: ${stateText(facts, each)}`,
      { delivery: each.id, order: each.order },
      last,
    )
}
