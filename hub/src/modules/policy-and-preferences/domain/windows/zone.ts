import type { WallTime } from '../../../../platform/clock.ts'
import { dayLength, type WallReading } from './civil.ts'

/** Between instants and what the clock on the wall shows in a time zone. */

const formats = new Map<string, Intl.DateTimeFormat>()

/** Clocks are changed on quarters of an hour (since 1972): what lies between shares its offset, which is slow to ask for. */
const quarter = 900_000
const offsets = new Map<string, Map<number, number>>()
const kept = 4_096

/** What a clock shows at `instant`, to the second. @throws RangeError for a zone that the runtime does not know */
export function readingAt(instant: WallTime, timeZone: string): WallReading {
  const seconds = Math.floor(instant / 1000) * 1000
  if (timeZone === 'UTC') return seconds
  let known = offsets.get(timeZone)
  const slot = Math.floor(seconds / quarter)
  const offset = known?.get(slot)
  if (offset !== undefined) return seconds + offset
  const reading = formatted(seconds, timeZone)
  if (known === undefined) {
    known = new Map()
    if (offsets.size < 1000) offsets.set(timeZone, known)
  }
  if (known.size >= kept) known.clear()
  known.set(slot, reading - seconds)
  return reading
}

function formatted(seconds: WallTime, timeZone: string): WallReading {
  // "2026-03-29, 03:30:00"
  const text = formatOf(timeZone).format(seconds)
  return Date.UTC(
    Number(text.slice(0, 4)),
    Number(text.slice(5, 7)) - 1,
    Number(text.slice(8, 10)),
    Number(text.slice(-8, -6)),
    Number(text.slice(-5, -3)),
    Number(text.slice(-2)),
  )
}

/**
 * The instant at which a clock shows `reading`. RFC 5545, 3.3.5: of a time that is shown twice the first; one that is left out is
 * read with the offset before the gap, so that 02:30 becomes 03:30 in the night that has no 02:30.
 */
export function instantOf(reading: WallReading, timeZone: string): WallTime {
  if (timeZone === 'UTC') return reading
  const before = reading - offsetAt(reading - dayLength, timeZone)
  if (readingAt(before, timeZone) === reading) return before
  const after = reading - offsetAt(reading + dayLength, timeZone)
  return readingAt(after, timeZone) === reading ? after : before
}

export function isZone(name: string): boolean {
  try {
    readingAt(0, name)
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

function offsetAt(instant: WallTime, timeZone: string): number {
  return readingAt(instant, timeZone) - instant
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known !== undefined) return known
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  })
  // There are some 400 zones: a bound against names made up by devices, not a cache that needs tuning.
  if (formats.size < 1000) formats.set(timeZone, format)
  return format
}
