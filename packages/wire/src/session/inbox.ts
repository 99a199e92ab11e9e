import { limits } from '../limits.ts'
import { discard, outboxIsFull, queueUp } from './outbox.ts'
import { remember } from './state.ts'
import type { Ack, DownMessage, Offer, Ping, Remove } from '../messages.ts'
import type { DeviceSession, Received } from './state.ts'

/**
 * Takes a message from the hub and decides what it means now, whatever was lost, doubled or reordered before it: repeats
 * are recognised by id, stale intentions by epoch, cancelled deliveries by their tombstone.
 */
export function receiveDown(session: DeviceSession, message: DownMessage): Received {
  if (message.t === 'ack') return acknowledged(session, message)
  if (session.taken.includes(message.id)) {
    queueAck(session, message.id, undefined)
    return { kind: 'nothing' }
  }
  // Its ack follows when the caller has done it.
  if (session.working.includes(message.id)) return { kind: 'nothing' }
  switch (message.t) {
    case 'ping':
      acknowledgeDown(session, message.id)
      return { kind: 'nothing' }
    case 'query':
    case 'collect':
    case 'restart':
    case 'configure':
    case 'show':
      return holdBack(session) ?? work(session, message)
    case 'cancel':
      // Also of a delivery in hand: an offer of it that was sent before and comes after is declined.
      bury(session, message.delivery)
      return holdBack(session) ?? work(session, message)
    default:
      return intention(session, message)
  }
}

/**
 * Queues the ack of a down message, once what it asked is durable on the device.
 * @param error code for a message that can never be taken: `unknown-type`, `bad-field`
 */
export function acknowledgeDown(session: DeviceSession, id: string, error?: string): void {
  releaseDown(session, id)
  if (!session.taken.includes(id)) {
    remember(session.taken, id, limits.rememberedIds)
    session.revision++
  }
  queueAck(session, id, error)
}

/** Takes back that a message was handed out, when it could not be worked on: the hub's next repeat is handed out again. */
export function releaseDown(session: DeviceSession, id: string): void {
  const at = session.working.indexOf(id)
  if (at !== -1) session.working.splice(at, 1)
}

function queueAck(session: DeviceSession, id: string, error: string | undefined): void {
  if (!session.acks.some((ack) => ack.id === id)) session.acks.push({ id, error })
}

function acknowledged(session: DeviceSession, ack: Ack): Received {
  const ids = new Set(ack.re)
  return { kind: 'acknowledged', messages: discard(session, (entry) => ids.has(entry.id)), error: ack.error }
}

function intention(session: DeviceSession, message: Offer | Remove): Received {
  const held = holdBack(session)
  if (held) return held
  if (session.tombstones.includes(message.delivery)) return decline(session, message, 'refused', 'cancelled')
  const known = session.intentions.get(message.service)
  if (known && message.epoch < known.epoch) {
    return decline(session, message, 'superseded', `epoch ${known.epoch} is known`)
  }
  session.working.push(message.id)
  if (known && known.epoch === message.epoch && known.delivery === message.delivery) return { kind: 'again', message }
  session.intentions.delete(message.service)
  session.intentions.set(message.service, { epoch: message.epoch, delivery: message.delivery })
  const oldest = session.intentions.keys().next()
  if (session.intentions.size > limits.rememberedServices && !oldest.done) session.intentions.delete(oldest.value)
  session.revision++
  return { kind: 'new', message }
}

function decline(
  session: DeviceSession,
  message: Offer | Remove,
  reason: 'superseded' | 'refused',
  detail: string,
): Received {
  queueUp(session, { t: 'decline', delivery: message.delivery, reason, detail })
  acknowledgeDown(session, message.id)
  return { kind: 'declined', message }
}

function bury(session: DeviceSession, delivery: string): void {
  if (session.tombstones.includes(delivery)) return
  remember(session.tombstones, delivery, limits.tombstones)
  session.revision++
}

function holdBack(session: DeviceSession): Received | null {
  return outboxIsFull(session) || session.working.length >= limits.rememberedIds ? { kind: 'held' } : null
}

function work(session: DeviceSession, message: Exclude<DownMessage, Ack | Ping>): Received {
  session.working.push(message.id)
  return { kind: 'new', message }
}
