import { dayLength } from './civil.ts'
import { RuleFault } from './fault.ts'

/** DURATION of RFC 5545, 3.3.6: days and weeks are counted on the calendar, hours and less on the clock that never jumps. */
export interface Duration {
  readonly days: number
  /** Milliseconds. */
  readonly time: number
}

const form = /^P(?:(\d{1,3})W|(?:(\d{1,3})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,6})S)?)?)$/

/** The longest window, days. */
export const longest = 31

/** @throws RuleFault */
export function readDuration(text: string): Duration {
  const found = form.exec(text)
  if (found === null || text.endsWith('T'))
    throw new RuleFault(
      `has the duration “${text.slice(0, 40)}”; write it like PT8H, PT90M or P2D, without months and years`,
    )
  const [weeks, days, hours, minutes, seconds] = found.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
  ]
  const duration = { days: weeks * 7 + days, time: ((hours * 60 + minutes) * 60 + seconds) * 1000 }
  if (lengthOf(duration) === 0) throw new RuleFault(`has the duration ${text}: it would close as it opens`)
  if (lengthOf(duration) > longest * dayLength)
    throw new RuleFault(`has the duration ${text}; the longest is ${longest} days`)
  return duration
}

/** Milliseconds, where no clock is put forward or back. */
export function lengthOf({ days, time }: Duration): number {
  return days * dayLength + time
}
