import { AgentError } from './errors.ts'
import type { AgentPlatform, FileWriter } from './platform.ts'

const path = 'journal'
const nextPath = 'journal.next'
/** The journal is rewritten when it has grown past this many bytes and past four times what is live in it. */
const compactFrom = 262_144

type Value = unknown
export type Changes = Readonly<Record<string, Value>>

/**
 * A small durable map: everything the agent must not forget. Each commit is one appended, checksummed line, synced before
 * it counts, so that changes of one commit are there together or not at all; a torn last line is as if never written.
 */
export interface Journal {
  get(key: string): Value
  /** Keys that begin with `prefix`. */
  keys(prefix: string): string[]
  /**
   * Makes changes durable, then visible; null forgets a key. Commits run one after the other.
   * @throws AgentError `disk` or `no-space`: nothing has changed and the same commit may be tried again
   */
  commit(changes: Changes): Promise<void>
  close(): Promise<void>
}

type JournalPlatform = Pick<AgentPlatform, 'files' | 'crypto' | 'log'>

/** Opens the journal of the agent's directory, repairing what a power cut left behind. */
export async function openJournal(platform: JournalPlatform): Promise<Journal> {
  const loaded = load(platform, await platform.files.read(path))
  if (loaded.damaged) {
    platform.log.warn('the journal is damaged; what follows the damage is lost', { kept: loaded.size })
    await platform.files.remove('journal.damaged')
    await platform.files.rename(path, 'journal.damaged')
  }
  return new AppendOnlyJournal(platform, loaded.values, loaded.damaged ? null : loaded.size)
}

interface Loaded {
  readonly values: Map<string, Value>
  /** Bytes of the whole records; null when there is no file. */
  readonly size: number | null
  /** Records follow an unreadable one: not a torn tail but damage. */
  readonly damaged: boolean
}

function load(platform: JournalPlatform, bytes: Uint8Array | null): Loaded {
  const values = new Map<string, Value>()
  if (bytes === null) return { values, size: null, damaged: false }
  let at = 0
  for (;;) {
    const end = bytes.indexOf(10, at)
    if (end < 0) return { values, size: at, damaged: false }
    const changes = readRecord(platform, bytes.subarray(at, end))
    if (changes === null) return { values, size: at, damaged: bytes.indexOf(10, end + 1) >= 0 }
    apply(values, changes)
    at = end + 1
  }
}

function readRecord(platform: JournalPlatform, line: Uint8Array): Changes | null {
  const text = new TextDecoder().decode(line)
  const body = text.slice(17)
  if (text.slice(0, 16) !== checksum(platform, body)) return null
  return JSON.parse(body) as Changes
}

function recordOf(platform: JournalPlatform, changes: Changes): Uint8Array {
  const body = JSON.stringify(changes)
  return new TextEncoder().encode(`${checksum(platform, body)} ${body}\n`)
}

function checksum(platform: JournalPlatform, text: string): string {
  const hasher = platform.crypto.sha256()
  hasher.update(new TextEncoder().encode(text))
  return hasher.digest().slice(0, 16)
}

function apply(values: Map<string, Value>, changes: Changes): void {
  for (const [key, value] of Object.entries(changes)) {
    if (value === null || value === undefined) values.delete(key)
    else values.set(key, value)
  }
}

class AppendOnlyJournal implements Journal {
  private readonly platform: JournalPlatform
  private readonly values: Map<string, Value>
  /** Bytes of whole records in the file; null = the file must be written anew. */
  private size: number | null
  private writer: FileWriter | null = null
  private liveBytes = 0
  private last: Promise<void> = Promise.resolve()

  constructor(platform: JournalPlatform, values: Map<string, Value>, size: number | null) {
    this.platform = platform
    this.values = values
    this.size = size
  }

  get(key: string): Value {
    return this.values.get(key)
  }

  keys(prefix: string): string[] {
    return [...this.values.keys()].filter((key) => key.startsWith(prefix))
  }

  commit(changes: Changes): Promise<void> {
    const done = this.last.then(() => this.append(changes))
    // Whoever commits is told; the next commit is tried all the same.
    this.last = done.catch(() => undefined)
    return done
  }

  async close(): Promise<void> {
    await this.last
    await this.dropWriter()
  }

  private async append(changes: Changes): Promise<void> {
    try {
      const record = recordOf(this.platform, changes)
      if (this.size === null || this.size > Math.max(compactFrom, 4 * this.liveBytes)) await this.compact()
      this.writer ??= await this.platform.files.extend(path, this.size!)
      await this.writer.write(record)
      await this.writer.sync()
      this.size! += record.length
    } catch (error) {
      // The file may now hold half a record: the next commit cuts it off again when it opens the file at `size`.
      // That it cannot be closed either says nothing new.
      await this.dropWriter().catch(() => undefined)
      if (error instanceof AgentError) throw error
      throw new AgentError('disk', 'the journal cannot be written', error)
    }
    apply(this.values, changes)
  }

  /** Writes the live values as one record of a new file that takes the old one's place. */
  private async compact(): Promise<void> {
    const { files } = this.platform
    await this.dropWriter()
    await files.remove(nextPath)
    const record = recordOf(this.platform, Object.fromEntries(this.values))
    const writer = await files.create(nextPath, 0o600)
    try {
      await writer.write(record)
      await writer.sync()
    } finally {
      await writer.close()
    }
    await files.rename(nextPath, path)
    await files.syncDirectory('')
    this.size = record.length
    this.liveBytes = record.length
  }

  private async dropWriter(): Promise<void> {
    const writer = this.writer
    this.writer = null
    await writer?.close()
  }
}
