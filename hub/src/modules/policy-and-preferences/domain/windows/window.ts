import type { WallTime } from '../../../../platform/clock.ts'
import { dayLength, type WallReading } from './civil.ts'
import { lengthOf, readDuration, type Duration } from './duration.ts'
import { inProperty } from './fault.ts'
import { nextOccurrence, readRecurrence, slack, type RecurrenceText } from './occurrences.ts'
import { startsFrom, type Recurrence } from './recurrence.ts'
import { instantOf, readingAt } from './zone.ts'

/** A window as it is written: when it opens, in the local time of the device, and for how long. */
export interface WindowText extends RecurrenceText {
  readonly kind: 'allow' | 'deny'
  readonly name?: string | undefined
  readonly duration: string
}

export interface Window {
  readonly kind: 'allow' | 'deny'
  /** For people. */
  readonly name: string
  readonly recurrence: Recurrence
  readonly duration: Duration
}

/** @throws RuleFault */
export function readWindow(text: WindowText): Window {
  const duration = inProperty('duration', () => readDuration(text.duration))
  const recurrence = readRecurrence(text)
  return { kind: text.kind, name: nameOf(text), recurrence, duration }
}

function nameOf({ kind, name, dtstart, rrule, duration }: WindowText): string {
  if (name !== undefined) return `“${name}”`
  return `the ${kind} window ${dtstart.slice(11, 16)} for ${duration}${rrule === undefined ? ` on ${dtstart.slice(0, 10)}` : ` (${rrule})`}`
}

/** When the window that is open at `now` closes; null when none is. Windows that touch or overlap close together. */
export function closesAt(window: Window, now: WallTime, timeZone: string): WallTime | null {
  const local = readingAt(now, timeZone)
  const from = local - lengthOf(window.duration) - slack
  let close: WallTime | null = null
  // Long ones that overlap could go on for ever; what is asked for is when to look again.
  for (const start of startsFrom(window.recurrence, from, local + slack)) {
    const opens = instantOf(start, timeZone)
    const closes = closing(window, start, timeZone)
    if (opens > now && opens > (close ?? -Infinity)) break
    if (closes > now) close = Math.max(close ?? closes, closes)
  }
  return close
}

/** The next time after `now` that a window opens; null when none does within the next 40 years. */
export function opensAfter({ recurrence }: Window, now: WallTime, timeZone: string): WallTime | null {
  return nextOccurrence(recurrence, now, timeZone)
}

/** Two starts that lie nearer than the window is long, within the first few hundred; null when there are none. */
export function overlapIn({ recurrence, duration }: Window): readonly [WallReading, WallReading] | null {
  const most = recurrence.start + 12 * 366 * dayLength
  let before: WallReading | null = null
  let left = 800
  for (const start of startsFrom(recurrence, recurrence.start, most)) {
    if (before !== null && start - before < lengthOf(duration)) return [before, start]
    before = start
    if (--left === 0) break
  }
  return null
}

function closing({ duration }: Window, start: WallReading, timeZone: string): WallTime {
  return instantOf(start + duration.days * dayLength, timeZone) + duration.time
}
