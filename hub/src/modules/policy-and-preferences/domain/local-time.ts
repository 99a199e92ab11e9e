import type { WallTime } from '../../../platform/clock.ts'

/** Minutes since midnight on the wall clock of a place. */
export type MinuteOfDay = number

const day = 24 * 60
const formats = new Map<string, Intl.DateTimeFormat>()

/** The time of day at `instant` in an IANA time zone. */
export function minuteOfDay(instant: WallTime, timeZone: string): MinuteOfDay {
  let format = formats.get(timeZone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
    // There are some 400 zones: a bound against names made up by devices, not a cache that needs tuning.
    if (formats.size < 1000) formats.set(timeZone, format)
  }
  return minuteOf(format.format(instant))
}

/** `HH:MM` as minutes since midnight. */
export function minuteOf(text: string): MinuteOfDay {
  const [hours, minutes] = text.split(':')
  return Number(hours) * 60 + Number(minutes)
}

/** Whether `minute` lies in [from, to), which may go over midnight. */
export function isWithin(minute: MinuteOfDay, from: MinuteOfDay, to: MinuteOfDay): boolean {
  return from < to ? minute >= from && minute < to : minute >= from || minute < to
}

/**
 * The first instant after `instant` at which the place's clock shows `minute`. Where the clock is put forward or back on the
 * way, the instant found is corrected by what the clock then shows; a time that the day leaves out becomes the next that exists.
 */
export function nextAt(instant: WallTime, minute: MinuteOfDay, timeZone: string): WallTime {
  const whole = instant - (instant % 60_000)
  const ahead = (minute - minuteOfDay(whole, timeZone) + day) % day || day
  const straight = whole + ahead * 60_000
  const shown = minuteOfDay(straight, timeZone)
  const off = ((shown - minute + day + day / 2) % day) - day / 2
  const corrected = straight - off * 60_000
  return minuteOfDay(corrected, timeZone) === minute ? corrected : Math.max(straight, corrected)
}
