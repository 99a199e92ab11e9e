import { civilOf, dayLength, dayOfReading, type WallReading } from './civil.ts'
import { RuleFault } from './fault.ts'
import { daysOf, periodAt, periodOf } from './periods.ts'
import type { RecurrenceRule } from './rule.ts'

/**
 * When a rule’s times are: those at which windows start and schedules are due. Any time is reached by arithmetic, not by counting
 * from DTSTART, so that a rule of ten years ago costs as little as one of today.
 */

/** DTSTART, RRULE and EXDATE of one window. */
export interface Recurrence {
  readonly start: WallReading
  /** Null: once. */
  readonly rule: RecurrenceRule | null
  readonly except: ReadonlySet<WallReading>
  /** The last start that counts; null: it never ends. `COUNT` is worked out once. */
  readonly last: WallReading | null
}

/** How far anybody looks for a start: 29 February on a Saturday comes every 28 years, every 40 around 2100. */
export const horizon = 41 * 366 * dayLength
/** Days looked at to work out where COUNT ends. */
const countBudget = 150_000

/** @throws RuleFault when COUNT reaches further than anybody looks */
export function recurrenceOf(
  start: WallReading,
  rule: RecurrenceRule | null,
  except: readonly WallReading[],
): Recurrence {
  const open = { start, rule, except: new Set(except), last: rule === null ? start : rule.until }
  return rule === null || rule.count === null ? open : { ...open, last: lastOfCount(open, rule, rule.count) }
}

/** Starts from `from` on, in order, at most up to `to`; excepted ones are left out. */
export function* startsFrom(recurrence: Recurrence, from: WallReading, to: WallReading): Generator<WallReading> {
  const { start, rule, except, last } = recurrence
  const end = Math.min(to, last ?? to)
  if (rule === null) {
    if (start >= from && start <= end && !except.has(start)) yield start
    return
  }
  for (const reading of everyStart(start, rule, from)) {
    if (reading.at > end) return
    if (reading.start && !except.has(reading.at)) yield reading.at
  }
}

/** Starts, and between them the beginnings of periods without any, so that whoever asks can stop. */
function* everyStart(
  start: WallReading,
  rule: RecurrenceRule,
  from: WallReading,
): Generator<{ readonly at: WallReading; readonly start: boolean }> {
  const began = civilOf(dayOfReading(start))
  const first = periodOf(dayOfReading(start), rule)
  const wanted = periodOf(dayOfReading(Math.max(from, start)), rule)
  const times = timesOf(start, rule)
  let index = first + Math.ceil((wanted - first) / rule.interval) * rule.interval
  for (; ; index += rule.interval) {
    const period = periodAt(index, rule)
    yield { at: period.from * dayLength, start: false }
    const all = daysOf(period, rule, began).flatMap((day) => times.map((time) => day * dayLength + time))
    for (const at of chosen(all, rule.positions)) if (at >= start && at >= from) yield { at, start: true }
  }
}

/** Times of day, milliseconds after midnight. */
function timesOf(start: WallReading, { hours, minutes }: RecurrenceRule): number[] {
  const time = start - dayOfReading(start) * dayLength
  const [hour, minute, rest] = [Math.floor(time / 3_600_000), Math.floor(time / 60_000) % 60, time % 60_000]
  const all = (hours.length > 0 ? hours : [hour]).flatMap((h) =>
    (minutes.length > 0 ? minutes : [minute]).map((m) => (h * 60 + m) * 60_000 + rest),
  )
  return all.toSorted((a, b) => a - b)
}

function chosen(all: readonly WallReading[], positions: readonly number[]): readonly WallReading[] {
  if (positions.length === 0) return all
  const found = new Set(positions.map((position) => all.at(position > 0 ? position - 1 : position)))
  return all.filter((reading) => found.has(reading))
}

/** EXDATE takes away what COUNT has counted: RFC 5545 counts the rule's, then excludes. */
function lastOfCount({ start }: Pick<Recurrence, 'start'>, rule: RecurrenceRule, count: number): WallReading {
  let left = count
  let budget = countBudget
  const most = start + horizon
  const cost = { DAILY: 1, WEEKLY: 7, MONTHLY: 31, YEARLY: 366 }[rule.frequency]
  for (const reading of everyStart(start, rule, start)) {
    if (!reading.start) budget -= cost
    else if (--left === 0) return reading.at
    if (reading.at > most || budget < 0)
      throw new RuleFault(`counts ${count} times, the last of them more than 40 years after the first: leave COUNT out`)
  }
  return start
}
