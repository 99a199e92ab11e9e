import { readIsoDuration } from '@sutler/expressions'

const milliseconds: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
}

/** As long as a duration read by CEL may be, 2^63 nanoseconds: about 292 years. */
const longest = 9_223_372_036_854

/**
 * Milliseconds of `15m`, `1h30m`, `2d`, `500ms` or ISO 8601 `PT15M`; null when the text is no duration, is negative, or is
 * longer than expressions can hold.
 */
export function readDuration(text: string): number | null {
  const total = readIso(text) ?? readShort(text)
  return total !== null && total >= 0 && total <= longest ? total : null
}

function readShort(text: string): number | null {
  if (!/^(?:\d{1,12}(?:\.\d{1,9})?(?:ms|[smhdw]))+$/.test(text)) return null
  let total = 0
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|[smhdw])/g)) {
    total += Number(amount) * (milliseconds[unit ?? ''] ?? 0)
  }
  return Math.ceil(total)
}

/** Fractions of a millisecond are rounded up: a timer is never early. */
function readIso(text: string): number | null {
  const span = readIsoDuration(text)
  return span === null ? null : Number(span.seconds) * 1000 + Math.ceil(span.nanos / 1_000_000)
}

/** Years 1 to 9999 have an RFC 3339 text, and are what a timestamp in an expression can be. */
const firstInstant = Date.parse('0001-01-01T00:00:00Z')
const lastInstant = Date.parse('9999-12-31T23:59:59.999Z')

/** Whether it has an RFC 3339 text. */
export function isInstant(milliseconds: number): boolean {
  return milliseconds >= firstInstant && milliseconds <= lastInstant
}

/**
 * Milliseconds since the epoch of RFC 3339 text; null when it is none. Rounded up to a whole millisecond. As in expressions,
 * `T` and `Z` are capitals.
 */
export function readInstant(text: string): number | null {
  const match = /^\d{4}-(\d\d)-(\d\d)T(?:[01]\d|2[0-3]):\d\d:\d\d(?:\.(\d{1,9}))?(?:Z|[+-]\d\d:\d\d)$/.exec(text)
  if (match === null) return null
  const [, month, day, fraction = ''] = match
  // What `Date` would read as the first days of the next month.
  if (new Date(Date.UTC(Number(text.slice(0, 4)), Number(month), 0)).getUTCDate() < Number(day)) return null
  const instant = Date.parse(text) + (Number(fraction.slice(3)) > 0 ? 1 : 0)
  return isInstant(instant) ? instant : null
}
