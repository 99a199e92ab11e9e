import { clipText, limits, redact } from '@sutler/wire'
import { layout } from '../layout.ts'
import type { Clock, Files, FileWriter, KeptLines, Log, LogFields } from '../platform.ts'
import { fieldsText, timeText } from './line.ts'
import type { LogLevel } from './line.ts'

/** Bytes of each of the two files: together they hold one whole log message or more at every moment. */
const fileBytes = limits.logBytes
/** Lines that wait for a slow disk; older ones make room. */
const mostWaiting = 256

/**
 * The agent's log: shown as it is, and kept on the disk without secrets, in two files of which the older one makes room. Keeping it
 * never holds the agent up and never fails it; it is not synced, so that a power cut may cost the last lines.
 */
export class KeptLog implements Log, KeptLines {
  private readonly files: Files
  private readonly clock: Clock
  private readonly shown: Log
  private waiting: string[] = []
  /** Lines that were not kept since the last that was. */
  private lost = 0
  private writer: FileWriter | null = null
  /** Bytes in the newer file. */
  private size = 0
  /** Lines wait to be written in their turn. */
  private scheduled = false
  private turn: Promise<void> = Promise.resolve()

  constructor(files: Files, clock: Clock, shown: Log) {
    this.files = files
    this.clock = clock
    this.shown = shown
  }

  info(message: string, fields?: LogFields): void {
    this.shown.info(message, fields)
    this.keep('info', message, fields)
  }

  warn(message: string, fields?: LogFields): void {
    this.shown.warn(message, fields)
    this.keep('warn', message, fields)
  }

  async newest(bytes: number, since: number): Promise<readonly string[]> {
    const texts: (Uint8Array | null)[] = []
    await this.inTurn(async () => {
      // What is being written cannot be read everywhere.
      await this.closeWriter()
      for (const path of [layout.logBefore, layout.log]) texts.push(await this.files.read(path))
    })
    const lines = texts.flatMap((text) => (text === null ? [] : new TextDecoder().decode(text).split('\n')))
    const from = timeText(since)
    return tail(
      lines.filter((line) => line !== '' && line >= from),
      bytes,
    )
  }

  close(): Promise<void> {
    return this.inTurn(() => this.closeWriter())
  }

  private inTurn(act: () => Promise<void>): Promise<void> {
    const done = this.turn.then(act)
    this.turn = done.catch(() => undefined) // Told to whoever asked; the next one has its turn all the same.
    return done
  }

  private keep(level: LogLevel, message: string, fields: LogFields = {}): void {
    if (this.waiting.length >= mostWaiting) {
      this.waiting.shift()
      this.lost++
    }
    this.waiting.push(lineOf(this.clock.now(), level, message, fields))
    if (this.scheduled) return
    this.scheduled = true
    void this.inTurn(() => this.write())
  }

  private async write(): Promise<void> {
    this.scheduled = false
    while (this.waiting.length > 0) {
      const gone =
        this.lost > 0 ? [lineOf(this.clock.now(), 'warn', 'lines are missing here', { lines: this.lost })] : []
      const lines = [...gone, ...this.waiting.splice(0)]
      try {
        await this.append(new TextEncoder().encode(lines.map((line) => `${line}\n`).join('')))
        this.lost = 0
      } catch {
        // A full disk must not end the agent, and a line about it would meet the same disk: the gap is told when there is room.
        this.lost += lines.length - gone.length
        await this.closeWriter().catch(() => undefined) // Its file is opened anew with the next line.
      }
    }
  }

  private async append(bytes: Uint8Array): Promise<void> {
    this.writer ??= await this.open()
    if (this.size > 0 && this.size + bytes.length > fileBytes) {
      await this.closeWriter()
      await this.files.rename(layout.log, layout.logBefore)
      this.writer = await this.open()
    }
    await this.writer.write(bytes)
    this.size += bytes.length
  }

  private async open(): Promise<FileWriter> {
    this.size = (await this.files.stat(layout.log))?.size ?? 0
    return this.size === 0
      ? this.files.remove(layout.log).then(() => this.files.create(layout.log, 0o600))
      : this.files.extend(layout.log, this.size)
  }

  private async closeWriter(): Promise<void> {
    const { writer } = this
    this.writer = null
    await writer?.close()
  }
}

function lineOf(now: number, level: LogLevel, message: string, fields: LogFields): string {
  const { text } = redact(`${level} ${message}${fieldsText(fields)}`)
  // eslint-disable-next-line no-control-regex
  return clipText(`${timeText(now)} ${text.replaceAll(/[\u0000-\u001f\u007f]+/g, ' ')}`)
}

/** The last lines that have at most so many bytes, and are not more than a message holds. */
function tail(lines: readonly string[], bytes: number): readonly string[] {
  let left = bytes
  let from = lines.length
  while (from > 0 && lines.length - from < limits.items) {
    left -= new TextEncoder().encode(lines[from - 1]).length + 1
    if (left < 0) break
    from--
  }
  return lines.slice(from)
}
