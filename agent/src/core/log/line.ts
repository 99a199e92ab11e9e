import type { LogFields } from '../platform.ts'

export type LogLevel = 'info' | 'warn'

/**
 * A time as `Date.toISOString` writes it, which loads the time zones to do so: one megabyte.
 * @param now ms since the epoch
 */
export function timeText(now: number): string {
  const date = new Date(now)
  const padded = (number: number, digits = 2): string => String(number).padStart(digits, '0')
  const day = [padded(date.getUTCFullYear(), 4), padded(date.getUTCMonth() + 1), padded(date.getUTCDate())]
  const time = [padded(date.getUTCHours()), padded(date.getUTCMinutes()), padded(date.getUTCSeconds())]
  return `${day.join('-')}T${time.join(':')}.${padded(date.getUTCMilliseconds(), 3)}Z`
}

/** ` name=value` of each that says something. */
export function fieldsText(fields: LogFields): string {
  return Object.entries(fields)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => ` ${name}=${value}`)
    .join('')
}
