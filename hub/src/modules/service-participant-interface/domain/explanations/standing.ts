import type { Delivery } from '../../../order-processing/index.ts'
import type { Explanation } from './chain.ts'
import type { Facts, PastOrder } from './facts.ts'
import { clause, deviceText, holder, listed, timeText } from './wording.ts'

/** What an open delivery waits for, until when at most, and what happens then. Times are those of the delivery pattern. */

type Standing = Pick<Explanation, 'now' | 'next'>

const day = 86_400_000
const settled: Standing = { now: null, next: null }

export function standingOf(facts: Facts, order: PastOrder | undefined, delivery: Delivery): Standing {
  switch (delivery.state) {
    case 'planned':
      return planned(facts, order, delivery)
    case 'held':
      return held(facts, delivery)
    case 'pending':
      return pending(facts, delivery)
    case 'accepted':
      return accepted(delivery)
    default:
      return settled
  }
}

function planned(facts: Facts, found: PastOrder | undefined, delivery: Delivery): Standing {
  const item = found?.items.find(({ id }) => id === delivery.item)
  if (found === undefined || item === undefined) return asksPolicy
  if (found.order.phase === 'scheduled')
    return waiting(
      'the time at which the order is to begin',
      found.order.requestedStart,
      'it is looked at again what is to be done, and begun',
    )
  const before = found.items.filter(({ position, phase }) => item.after.includes(position) && phase !== 'over')
  if (item.phase === 'waiting' && before.length > 0) {
    const named = listed(before.map(({ action, service }) => `"${action} ${service}"`))
    return waiting(`${named} of the same order`, null, 'this part of the order begins')
  }
  const earlier = earlierTurn(found, delivery).filter(({ state }) => state !== 'confirmed')
  if (earlier.length === 0) return asksPolicy
  const named = listed(earlier.map(({ device }) => deviceText(facts, device)))
  return waiting(`${named}, which must prove it first`, null, 'policy is asked whether it may go')
}

const asksPolicy: Standing = waiting(
  'the answer of policy',
  null,
  'it is offered to the device, or held back with the reason',
)

/** Deliveries of the same item that must be confirmed before this one starts. */
export function earlierTurn(order: PastOrder | undefined, { id, item, turn, purpose }: Delivery): readonly Delivery[] {
  const same =
    order?.deliveries.filter((each) => each.item === item && each.purpose === purpose && each.id !== id) ?? []
  return same.filter((each) => each.turn < turn)
}

function held(facts: Facts, delivery: Delivery): Standing {
  const latest = facts.answers.get(delivery.id)?.at(-1)
  if (latest === undefined || latest.decision.verdict !== 'later') {
    const until = new Date(delivery.updatedAt.getTime() + 60_000)
    return waiting(clause(delivery.detail), until, 'it is asked for again')
  }
  const { until } = latest.decision
  if (until !== null)
    return waiting(
      holder(latest.decision.why),
      new Date(until),
      'policy is asked again; if nothing holds it back, it is offered to the device',
    )
  return waiting(
    holder(latest.decision.why),
    new Date(delivery.updatedAt.getTime() + 90 * day),
    'it goes on as soon as that changes; after 90 days in all it is given up',
  )
}

function pending(facts: Facts, delivery: Delivery): Standing {
  const device = facts.devices.get(delivery.device)
  const text = deviceText(facts, delivery.device)
  const until = new Date(delivery.updatedAt.getTime() + 30 * day)
  if (device?.reachable === false) {
    const since =
      device.reachableChangedAt === null
        ? 'it was never connected'
        : `it has not been connected since ${timeText(facts, new Date(device.reachableChangedAt))}`
    return waiting(
      `${text} to connect: ${since}`,
      until,
      'it is offered as soon as the device connects; otherwise it fails, as the device could not be reached',
    )
  }
  const sent = facts.offers.get(delivery.id)?.sentAt
  const offered =
    sent === null || sent === undefined
      ? 'the offer is in its queue'
      : `it was sent the offer at ${timeText(facts, sent)}`
  return waiting(
    `${text} to take the offer: ${offered}`,
    until,
    'the device downloads, installs and checks it, and proves what it has',
  )
}

function accepted({ stage, done, total, updatedAt }: Delivery): Standing {
  const at = stage === '' ? '' : `: it is ${stage}${total > 0 ? `, ${Math.floor((100 * done) / total)} %` : ''}`
  const until = new Date(updatedAt.getTime() + day)
  return waiting(
    `the device to report what came of it${at}`,
    until,
    'what it proves is compared with what was ordered; without a word it is offered again, at most 5 times',
  )
}

function waiting(waitsFor: string, until: Date | null, next: string): Standing {
  return { now: { waitsFor, until }, next }
}
