import type { Log, LogFields } from '../../core/platform.ts'

/** Lines for people on standard error, or one JSON object per line on standard output. */
export function nodeLog(json: boolean): Log {
  const write = (level: 'info' | 'warn', message: string, fields: LogFields = {}): void => {
    const time = new Date().toISOString()
    if (json) process.stdout.write(`${JSON.stringify({ time, level, message, ...fields })}\n`)
    else process.stderr.write(`${time.slice(11, 19)} ${level === 'warn' ? '! ' : ''}${message}${inWords(fields)}\n`)
  }
  return {
    info: (message, fields) => write('info', message, fields),
    warn: (message, fields) => write('warn', message, fields),
  }
}

function inWords(fields: LogFields): string {
  return Object.entries(fields)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => ` ${name}=${value}`)
    .join('')
}
