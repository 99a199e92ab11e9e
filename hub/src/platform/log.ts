import { Writable } from 'node:stream'
import { pino } from 'pino'

/** Fields say what it is about (ids, paths, counts); never credentials, never file contents. */
export type LogFields = Readonly<Record<string, unknown>>

/** The hub's log. */
export interface Log {
  debug(fields: LogFields, message: string): void
  info(fields: LogFields, message: string): void
  warn(fields: LogFields, message: string): void
  error(fields: LogFields, message: string): void
  /** A log whose lines all carry `fields`. */
  child(fields: Record<string, unknown>): Log
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

/** One JSON object per line on standard output, or readable lines when `readable` (a terminal). */
export function createLog(level: LogLevel, readable: boolean): Log {
  const options = { level, base: null, redact: ['authorization', 'password', 'token', '*.password', '*.token'] }
  return readable ? pino(options, readableLines(process.stdout)) : pino(options)
}

/** For tests and tools. */
export const silentLog: Log = pino({ level: 'silent' })

const names: Record<number, string> = { 20: 'debug', 30: 'info ', 40: 'WARN ', 50: 'ERROR', 60: 'FATAL' }

/** `12:03:44 info  message  key=value …`, then the stack of an error. */
function readableLines(out: NodeJS.WritableStream): Writable {
  return new Writable({
    decodeStrings: false,
    write(line: string | Buffer, _encoding, done) {
      const { level, time, msg, err, ...fields } = JSON.parse(String(line)) as Record<string, unknown>
      const at = new Date(time as number).toTimeString().slice(0, 8)
      const rest = Object.entries(fields).map(([name, value]) => ` ${name}=${plain(value)}`)
      const stack = err === undefined ? '' : `\n${(err as { stack?: string }).stack ?? plain(err)}`
      out.write(`${at} ${names[level as number] ?? level} ${String(msg)} ${rest.join('')}${stack}\n`, () => done())
    },
  })
}

function plain(value: unknown): string {
  return typeof value === 'string' && /^[\w./:@+-]+$/.test(value) ? value : JSON.stringify(value)
}
