/** `20261122T061442`, in UTC where nothing else is said. */
const basic = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(?:\.\d+)?Z?$/

/**
 * When something happened on a device, milliseconds since the Unix epoch: clients send ISO 8601's basic or extended form, or
 * milliseconds as a number or text. Null for anything else: a device's clock decides nothing, so a bad one is no error.
 */
export function readTime(value: unknown): number | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? value : null
  if (typeof value !== 'string' || value.length > 40) return null
  if (/^\d{9,15}$/.test(value)) return Number(value)
  const match = basic.exec(value)
  if (!match) return valid(Date.parse(value))
  const [year, month, day, hour, minute, second] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  return valid(Date.UTC(year, month - 1, day, hour, minute, second))
}

function valid(time: number): number | null {
  return Number.isNaN(time) || time < 0 ? null : time
}

/** Seconds as `HH:MM:SS`, the form of `config.polling.sleep`; a day is the most. */
export function writeSleep(seconds: number): string {
  const whole = Math.min(86_399, Math.max(1, Math.round(seconds)))
  return [whole / 3600, (whole / 60) % 60, whole % 60]
    .map((part) => String(Math.floor(part)).padStart(2, '0'))
    .join(':')
}
