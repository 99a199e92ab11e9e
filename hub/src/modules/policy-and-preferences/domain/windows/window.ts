import type { WallTime } from '../../../../platform/clock.ts'
import { dayLength, type WallReading } from './civil.ts'
import { lengthOf, readDuration, type Duration } from './duration.ts'
import { inProperty } from './fault.ts'
import { readLocal } from './local-text.ts'
import { horizon, recurrenceOf, startsFrom, type Recurrence } from './recurrence.ts'
import { readRule } from './rule.ts'
import { instantOf, readingAt } from './zone.ts'

/** A window as it is written: iCalendar's properties, times in the local time of the device. */
export interface WindowText {
  readonly kind: 'allow' | 'deny'
  readonly name?: string | undefined
  /** Local time of the first one, for example `2026-06-01T22:00`. */
  readonly dtstart: string
  /** Absent: once. */
  readonly rrule?: string | undefined
  readonly duration: string
  /** Local starting times that are left out. */
  readonly exdate?: readonly string[] | undefined
}

export interface Window {
  readonly kind: 'allow' | 'deny'
  /** For people. */
  readonly name: string
  readonly recurrence: Recurrence
  readonly duration: Duration
}

/** Local times and instants of one place lie apart by less than this, whatever its clock was put to. */
const slack = 26 * 3_600_000

/** @throws RuleFault */
export function readWindow(text: WindowText): Window {
  const start = inProperty('dtstart', () => readLocal(text.dtstart, 'dtstart'))
  const rule = text.rrule === undefined ? null : inProperty('rrule', () => readRule(text.rrule!))
  const except = inProperty('exdate', () => (text.exdate ?? []).map((each) => readLocal(each, 'exdate')))
  const duration = inProperty('duration', () => readDuration(text.duration))
  const recurrence = inProperty('rrule', () => recurrenceOf(start, rule, except))
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
export function opensAfter(window: Window, now: WallTime, timeZone: string): WallTime | null {
  const local = readingAt(now, timeZone)
  for (const start of startsFrom(window.recurrence, local - slack, local + horizon)) {
    const opens = instantOf(start, timeZone)
    if (opens > now) return opens
  }
  return null
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
