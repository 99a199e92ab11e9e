import type { WallReading } from './civil.ts'
import { RuleFault } from './fault.ts'

const form = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d))?$/

/** A local time like `2026-06-01T22:00`, seconds left out or not. @throws RuleFault for any other text and for days that no calendar has */
export function readLocal(text: string, what: string): WallReading {
  const found = form.exec(text)
  if (found === null)
    throw new RuleFault(`has ${what} “${text.slice(0, 40)}”; write it like 2026-06-01T22:00, without a zone`)
  const [year, month, day, hour, minute, second] = found.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const reading = Date.UTC(year, month - 1, day, hour, minute, second)
  if (year < 1970 || new Date(reading).toISOString().slice(0, 19) !== `${text}:00`.slice(0, 19))
    throw new RuleFault(`has ${what} “${text}”, which no calendar and clock shows (from 1970 on)`)
  return reading
}

/** `2026-06-01T22:00`, as people write it. */
export function writeLocal(reading: WallReading): string {
  return new Date(reading).toISOString().slice(0, 16)
}
