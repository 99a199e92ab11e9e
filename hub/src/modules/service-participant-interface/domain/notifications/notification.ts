import type { Role } from '../../../../platform/access.ts'
import type { Milliseconds, WallTime } from '../../../../platform/clock.ts'
import type { Position } from '../position.ts'

/** What a person wants to be told of by e-mail. */
export interface Notification {
  readonly id: string
  readonly tenant: string
  /** Account that it was made for: it hears what this may hear, and no more. */
  readonly owner: string
  readonly roles: readonly Role[]
  readonly email: string
  readonly kinds: readonly string[]
  /** Beside those of the kinds. */
  readonly types: readonly string[]
  readonly household: string | null
  readonly subject: string | null
  /** CEL over `event`; empty = every event. */
  readonly filter: string
  /** `unconfirmed`: whoever reads the address has not agreed yet. */
  readonly state: 'unconfirmed' | 'active' | 'disabled'
  readonly why: 'unsubscribed' | 'failing' | 'refused' | 'account' | null
  readonly position: Position
  /** When it is looked at next. */
  readonly dueAt: Date
  /** The hour in which mail is counted, and how many went out in it. */
  readonly hourBegan: Date | null
  readonly hourSent: number
  readonly failures: number
  readonly lastError: string | null
  readonly lastSentAt: Date | null
  readonly createdAt: Date
  readonly version: number
}

/** A message that was sent, or was to be. */
export interface SentMail {
  readonly id: string
  readonly tenant: string
  readonly notification: string
  readonly at: Date
  readonly subject: string
  /** How many it told of. */
  readonly events: number
  readonly outcome: 'taken' | 'refused' | 'failed'
  readonly detail: string
  readonly nextTry: Date | null
}

/** Messages of one notification in an hour, at most: what happens beyond them is told together when the hour is over. */
export const mostAnHour = 10
const minute: Milliseconds = 60_000
const hour: Milliseconds = 60 * minute

/** The pace of a notification after a message went out now: what happens within the next minute is told together. */
export function paced(
  { hourBegan, hourSent }: Pick<Notification, 'hourBegan' | 'hourSent'>,
  now: WallTime,
): Pick<Notification, 'hourBegan' | 'hourSent' | 'dueAt'> {
  const began = hourBegan !== null && now < hourBegan.getTime() + hour ? hourBegan.getTime() : now
  const sent = began === now ? 1 : hourSent + 1
  const due = sent < mostAnHour ? now + minute : began + hour
  return { hourBegan: new Date(began), hourSent: sent, dueAt: new Date(Math.max(due, now + minute)) }
}
