import type { WallTime } from '../../../../platform/clock.ts'
import { inProperty } from './fault.ts'
import { readLocal } from './local-text.ts'
import { horizon, recurrenceOf, startsFrom, type Recurrence } from './recurrence.ts'
import { readRule } from './rule.ts'
import { instantOf, readingAt } from './zone.ts'

/** When something happens, as it is written: iCalendar's properties (RFC 5545), in local time. */
export interface RecurrenceText {
  /** Local time of the first, for example `2026-06-01T22:00`. */
  readonly dtstart: string
  /** Absent: once. */
  readonly rrule?: string | undefined
  /** Local times that are left out. */
  readonly exdate?: readonly string[] | undefined
}

/** Local times and instants of one place lie apart by less than this, whatever its clock was put to. */
export const slack = 26 * 3_600_000

/** @throws RuleFault with the property that it is in */
export function readRecurrence({ dtstart, rrule, exdate = [] }: RecurrenceText): Recurrence {
  const start = inProperty('dtstart', () => readLocal(dtstart, 'dtstart'))
  const rule = rrule === undefined ? null : inProperty('rrule', () => readRule(rrule))
  const except = inProperty('exdate', () => exdate.map((each) => readLocal(each, 'exdate')))
  return inProperty('rrule', () => recurrenceOf(start, rule, except))
}

/** The next time after `after` in this zone; null when there is none within the next 40 years. */
export function nextOccurrence(recurrence: Recurrence, after: WallTime, timeZone: string): WallTime | null {
  const local = readingAt(after, timeZone)
  for (const start of startsFrom(recurrence, local - slack, local + horizon)) {
    const at = instantOf(start, timeZone)
    if (at > after) return at
  }
  return null
}
