import { fieldsText, timeText } from '../../core/log/line.ts'
import type { LogLevel } from '../../core/log/line.ts'
import type { Log, LogFields } from '../../core/platform.ts'

/** Lines for people on standard error, or one JSON object per line on standard output. */
export function nodeLog(json: boolean): Log {
  const write = (level: LogLevel, message: string, fields: LogFields = {}): void => {
    const time = timeText(Date.now())
    if (json) process.stdout.write(`${JSON.stringify({ time, level, message, ...fields })}\n`)
    else process.stderr.write(`${time.slice(11, 19)} ${level === 'warn' ? '! ' : ''}${message}${fieldsText(fields)}\n`)
  }
  return {
    info: (message, fields) => write('info', message, fields),
    warn: (message, fields) => write('warn', message, fields),
  }
}
