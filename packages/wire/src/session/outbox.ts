import { encode } from '../codec/index.ts'
import { limits } from '../limits.ts'
import type { DeviceSession, OutboxEntry, PendingAck, UpBody } from './state.ts'

/** Message types that outlive a restart of the agent: `saveDeviceSession` keeps them. */
export const durableTypes: ReadonlySet<UpBody['t']> = new Set(['capabilities', 'accept', 'decline', 'outcome'])

/** Which messages a newer one of the same type (and delivery) replaces. */
const replacing: Readonly<Record<UpBody['t'], 'all' | 'same-delivery' | 'none'>> = {
  hello: 'all',
  capabilities: 'all',
  ping: 'all',
  progress: 'same-delivery',
  renew: 'same-delivery',
  accept: 'same-delivery',
  decline: 'same-delivery',
  outcome: 'same-delivery',
  // Each is the answer to a request of its own.
  log: 'none',
}

/**
 * Queues a message to the hub and gives it an id. A hello goes before everything else; a newer message replaces an older
 * one that says the same thing; an outcome ends the progress of its delivery. Nothing else is ever dropped: work is
 * held back instead (`receiveDown` answers `held`).
 * @returns the id
 * Throws WireError when the message cannot be encoded within the limits.
 */
export function queueUp(session: DeviceSession, body: UpBody): string {
  session.given++
  const id = `${session.boot}-${session.given}`
  const delivery = 'delivery' in body ? body.delivery : ''
  const bytes = encode({ id, ...body })
  discard(session, (entry) => isReplaced(entry, body.t, delivery))
  const entry: OutboxEntry = { id, t: body.t, delivery, bytes, sentAt: null }
  if (body.t === 'hello') session.outbox.unshift(entry)
  else session.outbox.push(entry)
  session.outboxBytes += bytes.length
  if (durableTypes.has(body.t)) session.revision++
  return id
}

function isReplaced(entry: OutboxEntry, t: UpBody['t'], delivery: string): boolean {
  if (t === 'outcome' && entry.t === 'progress') return entry.delivery === delivery
  if (entry.t !== t || replacing[t] === 'none') return false
  return replacing[t] === 'all' || entry.delivery === delivery
}

/** Takes entries out of the outbox. @returns them */
export function discard(session: DeviceSession, which: (entry: OutboxEntry) => boolean): OutboxEntry[] {
  const gone: OutboxEntry[] = []
  if (!session.outbox.some(which)) return gone
  const kept: OutboxEntry[] = []
  for (const entry of session.outbox) (which(entry) ? gone : kept).push(entry)
  session.outbox = kept
  for (const entry of gone) {
    session.outboxBytes -= entry.bytes.length
    if (durableTypes.has(entry.t)) session.revision++
  }
  return gone
}

/** Whether no further work may be taken in before the hub has acknowledged some of what is queued. */
export function outboxIsFull(session: DeviceSession): boolean {
  return session.outbox.length >= limits.outboxMessages || session.outboxBytes >= limits.outboxBytes
}

/** Call when a connection is ready (subscribed), before a hello is queued: everything unacknowledged is due again. */
export function sessionConnected(session: DeviceSession): void {
  for (const entry of session.outbox) entry.sentAt = null
}

/**
 * The encoded messages to publish now: acks first, then what was never sent over this connection (at most
 * `limits.unacknowledged` at a time) and what has waited for its ack for too long. Marks them as sent.
 * @param now milliseconds of any clock that never goes back
 */
export function dueMessages(session: DeviceSession, now: number): Uint8Array[] {
  const due = takeAcks(session)
  let waiting = unacknowledged(session)
  let sentProgress = false
  for (const entry of session.outbox) {
    if (dueAt(session, entry, waiting) > now) continue
    if (entry.sentAt === null && entry.t !== 'progress') waiting++
    if (entry.t === 'progress') {
      session.progressAt = now
      sentProgress = true
    }
    entry.sentAt = now
    due.push(entry.bytes)
  }
  // Progress is not repeated: a newer one is worth more than the lost one.
  if (sentProgress) discard(session, (entry) => entry.t === 'progress' && entry.sentAt !== null)
  return due
}

/** When `dueMessages` has something next, by the same clock; -Infinity = at once, null = nothing waits. */
export function nextDueAt(session: DeviceSession): number | null {
  if (session.acks.length > 0) return Number.NEGATIVE_INFINITY
  const waiting = unacknowledged(session)
  let next = Number.POSITIVE_INFINITY
  for (const entry of session.outbox) next = Math.min(next, dueAt(session, entry, waiting))
  return next === Number.POSITIVE_INFINITY ? null : next
}

function unacknowledged(session: DeviceSession): number {
  let waiting = 0
  for (const entry of session.outbox) if (entry.sentAt !== null) waiting++
  return waiting
}

function dueAt(session: DeviceSession, entry: OutboxEntry, waiting: number): number {
  if (entry.t === 'progress') return session.progressAt + limits.progressMilliseconds
  if (entry.sentAt !== null) return entry.sentAt + limits.resendMilliseconds
  return waiting < limits.unacknowledged ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
}

function takeAcks(session: DeviceSession): Uint8Array[] {
  if (session.acks.length === 0) return []
  // Not Map.groupBy: agents run on Node 20, which has none.
  const byError = new Map<string | undefined, PendingAck[]>()
  for (const ack of session.acks) byError.set(ack.error, [...(byError.get(ack.error) ?? []), ack])
  session.acks = []
  const messages: Uint8Array[] = []
  for (const [error, acks] of byError) {
    for (let start = 0; start < acks.length; start += limits.acknowledgedIds) {
      const re = acks.slice(start, start + limits.acknowledgedIds).map((ack) => ack.id)
      messages.push(encode(error === undefined ? { t: 'ack', re } : { t: 'ack', re, error }))
    }
  }
  return messages
}
