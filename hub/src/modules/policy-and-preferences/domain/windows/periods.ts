import { civilOf, dayOf, daysInMonth, daysInYear, weekdayOf, weekOf, type Civil, type Day } from './civil.ts'
import type { RecurrenceRule } from './rule.ts'

/** The periods that a rule repeats by (days, weeks, months or years), and which days of one it names. */

/** Days [from, to) of a period. */
export interface Period {
  readonly from: Day
  readonly to: Day
}

/** Which period a day lies in, counted from 1970; as `INTERVAL` counts them. */
export function periodOf(day: Day, { frequency, weekStart }: RecurrenceRule): number {
  if (frequency === 'DAILY') return day
  // 1970-01-01 was a Thursday, 3.
  if (frequency === 'WEEKLY') return Math.floor((day + ((3 - weekStart + 7) % 7)) / 7)
  const { year, month } = civilOf(day)
  return frequency === 'MONTHLY' ? year * 12 + month - 1 : year
}

export function periodAt(index: number, { frequency, weekStart }: RecurrenceRule): Period {
  if (frequency === 'DAILY') return { from: index, to: index + 1 }
  if (frequency === 'WEEKLY') {
    const from = index * 7 - ((3 - weekStart + 7) % 7)
    return { from, to: from + 7 }
  }
  if (frequency === 'MONTHLY') {
    const [year, month] = [Math.floor(index / 12), (index % 12) + 1]
    return { from: dayOf(year, month, 1), to: dayOf(year, month + 1, 1) }
  }
  return { from: dayOf(index, 1, 1), to: dayOf(index + 1, 1, 1) }
}

/** The days of a period that the rule names, in order; what it leaves unsaid is taken from the day it began on. */
export function daysOf(period: Period, rule: RecurrenceRule, began: Civil): Day[] {
  const days: Day[] = []
  for (let day = period.from; day < period.to; day += 1) if (names(rule, began, day)) days.push(day)
  return days
}

function names(rule: RecurrenceRule, began: Civil, day: Day): boolean {
  const date = civilOf(day)
  const { frequency, months, monthDays, yearDays, weekNumbers, weekdays } = rule
  const open = [monthDays, yearDays, weekNumbers, weekdays].every((part) => part.length === 0)
  if (months.length > 0 ? !months.includes(date.month) : open && frequency === 'YEARLY' && date.month !== began.month)
    return false
  if (open) return namesUnsaid(rule, began, day, date)
  if (monthDays.length > 0 && !counted(monthDays, date.day, daysInMonth(date.year, date.month))) return false
  if (yearDays.length > 0 && !counted(yearDays, day - dayOf(date.year, 1, 1) + 1, daysInYear(date.year))) return false
  if (weekNumbers.length > 0) {
    const week = weekOf(day, rule.weekStart)
    if (!counted(weekNumbers, week.number, week.weeks)) return false
    if (weekdays.length === 0 && yearDays.length === 0 && monthDays.length === 0) return sameWeekday(day, began)
  }
  return weekdays.length === 0 || namesWeekday(rule, day, date)
}

/** RFC 5545: "Information, not contained in the rule, necessary to determine the various recurrence instance start time and dates are derived from the Start Time". */
function namesUnsaid({ frequency }: RecurrenceRule, began: Civil, day: Day, date: Civil): boolean {
  if (frequency === 'DAILY') return true
  return frequency === 'WEEKLY' ? sameWeekday(day, began) : date.day === began.day
}

function sameWeekday(day: Day, began: Civil): boolean {
  return weekdayOf(day) === weekdayOf(dayOf(began.year, began.month, began.day))
}

/** Whether `position` is among those that count from the front or, negative, from the end. */
function counted(wanted: readonly number[], position: number, of: number): boolean {
  return wanted.includes(position) || wanted.includes(position - of - 1)
}

function namesWeekday({ frequency, weekdays, months }: RecurrenceRule, day: Day, date: Civil): boolean {
  const weekday = weekdayOf(day)
  const inMonth = frequency === 'MONTHLY' || months.length > 0
  const [position, length] = inMonth
    ? [date.day, daysInMonth(date.year, date.month)]
    : [day - dayOf(date.year, 1, 1) + 1, daysInYear(date.year)]
  const [forward, backward] = [Math.ceil(position / 7), -Math.ceil((length - position + 1) / 7)]
  return weekdays.some(
    (each) => each.weekday === weekday && (each.ordinal === 0 || each.ordinal === forward || each.ordinal === backward),
  )
}
