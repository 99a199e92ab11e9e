import type { Files, FileWriter } from '../src/core/platform.ts'
import { AgentError } from '../src/core/errors.ts'

/**
 * `io-error`: one operation fails, reading ones included, and the next ones work again. `bad-sectors`: from one operation on
 * services' files on, all on them fail, until the disk is relieved. `disk-full`: from one operation that takes space on, all of
 * them fail, until something is removed or the disk is relieved.
 */
export type DiskFailure = 'io-error' | 'bad-sectors' | 'disk-full'

/** A file system of which the n-th operation fails. */
export class FailingFiles implements Files {
  /** Operations that could have failed, so far. */
  operations = 0
  /** Operations that did. */
  failures = 0
  private failing = false
  private readonly real: Files
  private readonly failAt: number
  private readonly failure: DiskFailure

  constructor(real: Files, failAt: number, failure: DiskFailure) {
    this.real = real
    this.failAt = failAt
    this.failure = failure
  }

  /** The disk works again: room was made, or its sectors were exchanged. */
  relieve(): void {
    this.failing = false
  }

  read = (path: string): Promise<Uint8Array | null> => this.asks(path, () => this.real.read(path))
  list = (path: string): Promise<string[]> => this.asks(path, () => this.real.list(path))
  stat = (path: string): ReturnType<Files['stat']> => this.asks(path, () => this.real.stat(path))
  readLink = (path: string): Promise<string | null> => this.asks(path, () => this.real.readLink(path))
  space = (): ReturnType<Files['space']> => this.asks('', () => this.real.space())
  syncDirectory = (path: string): Promise<void> => this.asks(path, () => this.real.syncDirectory(path))
  setMode = (path: string, mode: number): Promise<void> => this.asks(path, () => this.real.setMode(path, mode))
  create = (path: string, mode: number): Promise<FileWriter> =>
    this.takes(path, async () => this.watch(path, await this.real.create(path, mode)))
  extend = (path: string, size: number): Promise<FileWriter> =>
    this.asks(path, async () => this.watch(path, await this.real.extend(path, size)))
  copy = (from: string, to: string, mode: number): Promise<void> => this.takes(to, () => this.real.copy(from, to, mode))
  makeDirectory = (path: string): Promise<void> => this.takes(path, () => this.real.makeDirectory(path))
  rename = (from: string, to: string): Promise<void> => this.takes(to, () => this.real.rename(from, to))
  symlink = (target: string, path: string): Promise<void> => this.takes(path, () => this.real.symlink(target, path))

  remove = (path: string): Promise<void> =>
    this.asks(path, async () => {
      const freed = (await this.real.stat(path)) !== null
      await this.real.remove(path)
      if (freed) this.failing = false
    })

  async *chunks(path: string): AsyncIterable<Uint8Array> {
    for await (const chunk of this.real.chunks(path)) yield await this.asks(path, async () => chunk)
  }

  private watch(path: string, writer: FileWriter): FileWriter {
    return {
      write: (bytes) => this.takes(path, () => writer.write(bytes)),
      // A full disk may say so only when it is to make durable what it took.
      sync: () => this.takes(path, () => writer.sync()),
      close: () => writer.close(),
    }
  }

  /** An operation that takes no space. */
  private asks<T>(path: string, act: () => Promise<T>): Promise<T> {
    return this.failure === 'disk-full' ? act() : this.attempt(path, act)
  }

  /** An operation that may need room. */
  private takes<T>(path: string, act: () => Promise<T>): Promise<T> {
    return this.attempt(path, act)
  }

  private async attempt<T>(path: string, act: () => Promise<T>): Promise<T> {
    if (this.failure === 'bad-sectors' && !/^(?:staging|services)\//.test(path)) return act()
    if (++this.operations === this.failAt) this.failing = true
    if (!this.failing) return act()
    this.failures++
    if (this.failure === 'io-error') this.failing = false
    const full = this.failure === 'disk-full'
    throw new AgentError(full ? 'no-space' : 'disk', full ? 'ENOSPC: no space left on device' : 'EIO: i/o error')
  }
}
