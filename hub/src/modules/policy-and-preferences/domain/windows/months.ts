import type { WallTime } from '../../../../platform/clock.ts'
import { civilOf, dayLength, dayOf, dayOfReading } from './civil.ts'
import { instantOf, readingAt } from './zone.ts'

/** `2026-06`: the month that a clock in the zone shows. */
export function monthAt(now: WallTime, timeZone: string): string {
  return new Date(readingAt(now, timeZone)).toISOString().slice(0, 7)
}

/** When the next month begins there. */
export function nextMonth(now: WallTime, timeZone: string): WallTime {
  const { year, month } = civilOf(dayOfReading(readingAt(now, timeZone)))
  return instantOf(dayOf(year, month + 1, 1) * dayLength, timeZone)
}
