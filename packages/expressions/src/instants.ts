/** RFC 3339 and ISO 8601 forms of CEL's timestamps and durations. */

export interface Span {
  readonly seconds: bigint
  readonly nanos: number
}

const day = 86_400
const units: Readonly<Record<string, number>> = { W: 7 * day, D: day, H: 3600, M: 60, S: 1 }

/** `2026-01-01T00:00:00Z`, with as many fractional digits as it needs (3, 6 or 9). */
export function timestampText(span: Span): string {
  const whole = new Date(Number(span.seconds) * 1000).toISOString().slice(0, 19)
  return `${whole}${fraction(span.nanos)}Z`
}

/** `PT1H30M`, `PT0S`, `-PT0.5S`: hours are the largest unit, for a day is not always 24 hours. */
export function durationText(span: Span): string {
  const negative = span.seconds < 0n || span.nanos < 0
  const total = span.seconds < 0n ? -span.seconds : span.seconds
  const hours = total / 3600n
  const minutes = (total / 60n) % 60n
  const seconds = `${total % 60n}${fraction(Math.abs(span.nanos)).replace(/0+$/, '')}`
  let text = ''
  if (hours > 0n) text += `${hours}H`
  if (minutes > 0n) text += `${minutes}M`
  if (seconds !== '0' || text === '') text += `${seconds}S`
  return `${negative ? '-' : ''}PT${text}`
}

function fraction(nanos: number): string {
  if (nanos === 0) return ''
  const digits = String(nanos).padStart(9, '0')
  if (digits.endsWith('000000')) return `.${digits.slice(0, 3)}`
  return digits.endsWith('000') ? `.${digits.slice(0, 6)}` : `.${digits}`
}

/**
 * ISO 8601 duration without years and months, which have no fixed length, in whole nanoseconds as seconds and rest;
 * null when the text is none. `P1D` is 24 hours.
 */
export function readIsoDuration(text: string): Span | null {
  const match =
    /^([+-]?)P(?=[\dT])(\d{1,9}W)?(\d{1,9}D)?(?:T(?=\d)(\d{1,9}H)?(\d{1,9}M)?(?:(\d{1,11})(?:\.(\d{1,9}))?S)?)?$/.exec(
      text,
    )
  if (match === null) return null
  let seconds = 0
  for (const part of [match[2], match[3], match[4], match[5]]) {
    if (part !== undefined) seconds += Number(part.slice(0, -1)) * (units[part.slice(-1)] ?? 0)
  }
  seconds += Number(match[6] ?? 0)
  const nanos = Number((match[7] ?? '').padEnd(9, '0'))
  return match[1] === '-'
    ? { seconds: -BigInt(seconds), nanos: nanos === 0 ? 0 : -nanos }
    : { seconds: BigInt(seconds), nanos }
}
