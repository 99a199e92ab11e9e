import type { Log, LogFields } from '../../core/platform.ts'

/** Lines for people on standard error, or one JSON object per line on standard output. */
export function nodeLog(json: boolean): Log {
  const write = (level: 'info' | 'warn', message: string, fields: LogFields = {}): void => {
    const time = timeText(Date.now())
    if (json) process.stdout.write(`${JSON.stringify({ time, level, message, ...fields })}\n`)
    else process.stderr.write(`${time.slice(11, 19)} ${level === 'warn' ? '! ' : ''}${message}${inWords(fields)}\n`)
  }
  return {
    info: (message, fields) => write('info', message, fields),
    warn: (message, fields) => write('warn', message, fields),
  }
}

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

function inWords(fields: LogFields): string {
  return Object.entries(fields)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => ` ${name}=${value}`)
    .join('')
}
