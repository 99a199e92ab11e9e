import { Cron } from 'croner'
import type { WallTime } from '../../../../platform/clock.ts'
import { weekdays } from '../../contract-policy-document.ts'
import { minuteOf, nextAt } from '../local-time.ts'
import { dayOfReading, weekdayOf } from '../windows/civil.ts'
import { RuleFault } from '../windows/fault.ts'
import { nextOccurrence, readRecurrence } from '../windows/occurrences.ts'
import { readingAt } from '../windows/zone.ts'
import type { Schedule, Weekday } from './trigger.ts'

/** When schedules are due. What the hub's own clock says counts; a device's never does. */

interface ScheduleMistake {
  /** Of `when`. */
  readonly property: string
  readonly detail: string
}

/** What is wrong with a schedule, or null. */
export function scheduleMistake(at: Schedule, timeZone: string, now: WallTime): ScheduleMistake | null {
  const property = typeof at === 'string' ? 'schedule' : 'dtstart'
  try {
    if (nextDue(at, timeZone, now) !== null) return null
    return { property, detail: `“${writtenAs(at)}” never comes: there is no such ${dayOrTime(at)}` }
  } catch (error) {
    if (error instanceof RuleFault) return { property: error.property ?? property, detail: `the rule ${error.message}` }
    if (!(error instanceof Error) || typeof at !== 'string') throw error
    const reason = error.message.replace(/^CronPattern: /, '').split(' Original error')[0]!
    const detail = `“${at}” is no schedule: ${reason}. Write minute, hour, day of the month, month and day of the week, as in 0 3 * * SUN`
    return { property, detail }
  }
}

const dayOrTime = (at: Schedule): string => (typeof at === 'string' ? 'day in any year' : 'time from now on')

/** A schedule as its owner has written it. */
export function writtenAs(at: Schedule): string {
  if (typeof at === 'string') return at
  return at.rrule === undefined ? at.dtstart : `${at.dtstart} ${at.rrule}`
}

/**
 * The first moment after `after` at which the schedule is due; null when it never is again. A time of day that a change to
 * summer time leaves out becomes the next that exists; one that comes twice counts once.
 * @throws RuleFault and Error for what scheduleMistake refuses
 */
export function nextDue(at: Schedule, timeZone: string, after: WallTime): WallTime | null {
  if (typeof at !== 'string') return nextOccurrence(readRecurrence(at), after, timeZone)
  return new Cron(at, { timezone: timeZone, mode: '5-part', paused: true }).nextRun(new Date(after))?.getTime() ?? null
}

/** The first moment after `after` at which clocks in this zone show `time` on one of these days (all when there are none). */
export function nextLocal(time: string, days: readonly Weekday[], timeZone: string, after: WallTime): WallTime {
  let at = nextAt(after, minuteOf(time), timeZone)
  for (let turn = 0; turn < 8 && days.length > 0 && !days.includes(weekdayAt(at, timeZone)); turn++)
    at = nextAt(at, minuteOf(time), timeZone)
  return at
}

function weekdayAt(at: WallTime, timeZone: string): Weekday {
  return weekdays[weekdayOf(dayOfReading(readingAt(at, timeZone)))]!
}

/** Zones in which clocks show `time` next at the same moment are due together. */
export function dueByZone(
  time: string,
  days: readonly Weekday[],
  zones: readonly string[],
  after: WallTime,
): Map<WallTime, string[]> {
  const due = new Map<WallTime, string[]>()
  for (const zone of zones) {
    const at = nextLocal(time, days, zone, after)
    due.set(at, [...(due.get(at) ?? []), zone])
  }
  return due
}
