import { readIsoDuration } from '@sutler/expressions'

const milliseconds: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
}

/**
 * Milliseconds of `15m`, `1h30m`, `2d`, `500ms` or ISO 8601 `PT15M`; null when the text is no duration, is negative, or is
 * beyond what a JSON number holds exactly.
 */
export function readDuration(text: string): number | null {
  const total = readIso(text) ?? readShort(text)
  return total !== null && total >= 0 && Number.isSafeInteger(total) ? total : null
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

/** Milliseconds since the epoch of RFC 3339 text; null when it is none. Rounded up to a whole millisecond. */
export function readInstant(text: string): number | null {
  const match = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.(\d{1,9}))?(?:[Zz]|[+-]\d\d:\d\d)$/.exec(text)
  if (match === null) return null
  const instant = Date.parse(text)
  if (Number.isNaN(instant)) return null
  return Number((match[1] ?? '').slice(3)) > 0 ? instant + 1 : instant
}
