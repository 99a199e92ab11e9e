import type { Jeopardy, Order } from './order.ts'

/** Whether an order is carried out in time, and what keeps it. Pure; the times of devices are never looked at. */

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** A delivery that is not over, with what is known of its device. */
export interface OpenDelivery {
  readonly device: string
  /** What people call the device. */
  readonly name: string
  readonly state: 'planned' | 'held' | 'pending' | 'accepted'
  /** Why it is in this state, and since when. */
  readonly detail: string
  readonly since: Date
  /** Since when the device cannot be reached; null while it can. */
  readonly unreachableSince: Date | null
}

export type Timing = Pick<Order, 'createdAt' | 'requestedStart' | 'requestedCompletion' | 'expectedCompletion'>

/** When the order is to be looked at again, milliseconds; after the last of its own times ever more rarely, at least daily. */
export function nextLook(order: Timing, now: number): number {
  const times = [...lookTimes(order)].filter((time) => time > now)
  if (times.length > 0) return Math.min(...times)
  const late = now - dueOf(order)
  return now + Math.min(day, Math.max(15 * minute, late))
}

/**
 * Amber: three quarters of the time to the requested completion are over, or the order takes longer than such orders did. Red: the
 * requested completion has passed, or it takes more than four times as long as such orders did, and at least a day longer.
 * @returns null while it is in time
 */
export function jeopardyOf(order: Timing, open: readonly OpenDelivery[], now: Date): Jeopardy | null {
  const level = levelOf(order, now.getTime())
  if (level === null) return null
  const due = order.requestedCompletion
  const message =
    due === null
      ? `it takes longer than such orders did: expected by ${timeOf(dueOf(order))}`
      : `requested by ${timeOf(due.getTime())}: ${level === 'red' ? 'that has passed' : 'that may not be kept'}`
  return { level, message, cause: causeOf(open, now.getTime()), at: now.toISOString() }
}

function levelOf(order: Timing, now: number): Jeopardy['level'] | null {
  const { amber, red } = limits(order)
  if (now >= red) return 'red'
  return now >= amber ? 'amber' : null
}

function limits(order: Timing): { amber: number; red: number } {
  const start = startOf(order)
  const due = dueOf(order)
  if (order.requestedCompletion !== null) return { amber: start + 0.75 * (due - start), red: due }
  return { amber: due, red: due + Math.max(day, 3 * (due - start)) }
}

function* lookTimes(order: Timing): Generator<number> {
  const { amber, red } = limits(order)
  yield amber
  yield red
}

function startOf({ createdAt, requestedStart }: Timing): number {
  return Math.max(createdAt.getTime(), requestedStart?.getTime() ?? 0)
}

function dueOf(order: Timing): number {
  return (order.requestedCompletion ?? order.expectedCompletion ?? new Date(startOf(order) + hour)).getTime()
}

/** The delivery that keeps the order most, in words. */
function causeOf(open: readonly OpenDelivery[], now: number): string {
  const [worst] = open.toSorted((a, b) => weight(b) - weight(a) || a.since.getTime() - b.since.getTime())
  if (worst === undefined) return 'nothing is open at a device: it waits for what comes before'
  const others = open.length > 1 ? `, and ${open.length - 1} more` : ''
  return `${worst.name} ${sentence(worst, now)}${others}`
}

function weight({ state, unreachableSince }: OpenDelivery): number {
  if (unreachableSince !== null) return 4
  return { held: 3, pending: 2, planned: 1, accepted: 0 }[state]
}

function sentence({ state, detail, since, unreachableSince }: OpenDelivery, now: number): string {
  if (unreachableSince !== null) return `has been unreachable for ${span(now - unreachableSince.getTime())}`
  const long = span(now - since.getTime())
  if (state === 'held') return `is held back since ${long}: ${detail}`
  if (state === 'accepted') return `has been at work for ${long}`
  return state === 'pending'
    ? `has been offered it for ${long} and does not take it`
    : `waits for its turn since ${long}`
}

/** A time span for people, by its largest unit. */
export function span(milliseconds: number): string {
  if (milliseconds < hour) return `${Math.max(1, Math.round(milliseconds / minute))} min`
  return milliseconds < 2 * day ? `${Math.round(milliseconds / hour)} h` : `${Math.round(milliseconds / day)} days`
}

function timeOf(time: number): string {
  return new Date(time).toISOString().replace(/:\d\d\.\d+Z$/, 'Z')
}
