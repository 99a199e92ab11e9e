/** Calendar arithmetic on days and wall-clock readings, without zones: proleptic Gregorian, as iCalendar's. */

/** Days since 1970-01-01. */
export type Day = number

/** What a wall clock shows, as milliseconds: `Date.UTC` of its reading. No instant until a zone says which. */
export type WallReading = number

export const dayLength = 86_400_000

export interface Civil {
  readonly year: number
  /** 1–12 */
  readonly month: number
  /** 1–31 */
  readonly day: number
}

export function civilOf(day: Day): Civil {
  const date = new Date(day * dayLength)
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}

/** `month` may lie outside of 1–12. */
export function dayOf(year: number, month: number, day: number): Day {
  return Math.floor(Date.UTC(year, month - 1, day) / dayLength)
}

export function dayOfReading(reading: WallReading): Day {
  return Math.floor(reading / dayLength)
}

/** 0 = Monday … 6 = Sunday. */
export function weekdayOf(day: Day): number {
  return (((day + 3) % 7) + 7) % 7
}

export function daysInMonth(year: number, month: number): number {
  return dayOf(year, month + 1, 1) - dayOf(year, month, 1)
}

export function daysInYear(year: number): number {
  return dayOf(year + 1, 1, 1) - dayOf(year, 1, 1)
}

/**
 * Number of the week that a day lies in, and how many its year has: RFC 5545's BYWEEKNO, ISO 8601's when weeks begin on Monday.
 * Week 1 is the first with at least four days in the year.
 */
export function weekOf(day: Day, weekStart: number): { readonly number: number; readonly weeks: number } {
  const { year } = civilOf(day)
  for (const candidate of [year + 1, year, year - 1]) {
    const first = firstWeek(candidate, weekStart)
    if (day < first) continue
    const weeks = (firstWeek(candidate + 1, weekStart) - first) / 7
    return { number: Math.floor((day - first) / 7) + 1, weeks }
  }
  return { number: 1, weeks: 52 }
}

function firstWeek(year: number, weekStart: number): Day {
  const fourth = dayOf(year, 1, 4)
  return fourth - ((weekdayOf(fourth) - weekStart + 7) % 7)
}
