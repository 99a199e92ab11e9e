import { AgentError } from '../../core/errors.ts'
import type { Files, FileStat, FileWriter } from '../../core/platform.ts'
import { Contents } from './content.ts'
import { DeviceDatabase, storageError } from './database.ts'
import { Tree } from './tree.ts'
import type { Entry, TreeChanges } from './tree.ts'

/**
 * The agent's directory in a browser: names in IndexedDB, whose transactions make each change whole or not at all; bytes in OPFS.
 * As on any disk, a change of names is durable once its directory was synced. One worker at a time may use it.
 */
export class BrowserFiles implements Files {
  /** Called after links have changed: what is in use may be another version now. */
  onLinks: () => void = () => undefined
  private readonly database: DeviceDatabase
  private readonly contents: Contents
  private readonly tree: Tree
  private last: Promise<unknown> = Promise.resolve()

  private constructor(database: DeviceDatabase, contents: Contents, tree: Tree) {
    this.database = database
    this.contents = contents
    this.tree = tree
  }

  /** Opens the directory, and removes what a crash has left without a name. */
  static async open(database: DeviceDatabase): Promise<BrowserFiles> {
    const [contents, entries] = await Promise.all([Contents.open(), database.all('entries')])
    entries.delete(barrier)
    const tree = new Tree(entries as Map<string, Entry>)
    const used = tree.contents()
    for (const name of await contents.names()) if (!used.has(name)) await contents.remove(name)
    return new BrowserFiles(database, contents, tree)
  }

  /** Resolves when no change is on its way. */
  async settled(): Promise<void> {
    await this.last
  }

  async read(path: string): Promise<Uint8Array | null> {
    const file = await this.fileAt(path)
    return file === null ? null : read(file)
  }

  /** A snapshot of a file for whoever can take one; null when there is none. */
  async fileAt(path: string): Promise<File | null> {
    const entry = this.tree.at(path)
    return entry?.kind === 'file' ? this.contents.file(entry.content) : null
  }

  chunks(path: string): AsyncIterable<Uint8Array> {
    return this.contents.chunks(this.contentOf(path))
  }

  async create(path: string, mode: number): Promise<FileWriter> {
    const content = crypto.randomUUID()
    this.tree.add(path, { kind: 'file', mode, content })
    const writer = await this.contents.write(content, null)
    try {
      await this.change(() => this.tree.add(path, { kind: 'file', mode, content }))
      return writer
    } catch (error) {
      await writer.close()
      await this.contents.remove(content)
      throw error
    }
  }

  extend(path: string, size: number): Promise<FileWriter> {
    return this.contents.write(this.contentOf(path), size)
  }

  async copy(from: string, to: string, mode: number): Promise<void> {
    const writer = await this.create(to, mode)
    try {
      for await (const chunk of this.chunks(from)) await writer.write(chunk)
      await writer.sync()
    } finally {
      await writer.close()
    }
  }

  setMode(path: string, mode: number): Promise<void> {
    return this.change(() => this.tree.replace(path, { kind: 'file', mode, content: this.contentOf(path) }), 'strict')
  }

  makeDirectory(path: string): Promise<void> {
    return this.change(() => this.tree.directory(path))
  }

  /** All directories are one database: what was changed before is durable with this. */
  syncDirectory(_path: string): Promise<void> {
    return this.inTurn(() => this.database.change('entries', new Map([[barrier, 0]]), 'strict'))
  }

  rename(from: string, to: string): Promise<void> {
    return this.change(() => this.tree.rename(from, to))
  }

  symlink(target: string, path: string): Promise<void> {
    return this.change(() => this.tree.add(path, { kind: 'link', target }))
  }

  async readLink(path: string): Promise<string | null> {
    const entry = this.tree.at(path)
    return entry?.kind === 'link' ? entry.target : null
  }

  remove(path: string): Promise<void> {
    return this.change(() => this.tree.remove(path))
  }

  async list(path: string): Promise<string[]> {
    return this.tree.names(path)
  }

  async stat(path: string): Promise<FileStat | null> {
    const entry = this.tree.at(path)
    if (entry === null) return null
    if (entry.kind !== 'file') return { kind: entry.kind === 'link' ? 'other' : 'directory', size: 0, mode: 0o755 }
    const file = await this.contents.file(entry.content)
    return file === null ? null : { kind: 'file', size: file.size, mode: entry.mode }
  }

  async space(): Promise<{ total: number; free: number }> {
    const { quota = 0, usage = 0 } = await navigator.storage.estimate()
    return { total: quota, free: Math.max(0, quota - usage) }
  }

  private contentOf(path: string): string {
    const entry = this.tree.at(path)
    if (entry?.kind !== 'file') throw new AgentError('disk', `${path} is no file`)
    return entry.content
  }

  /** Changes of names run one after the other, each planned by what those before it have left. */
  private async change(plan: () => TreeChanges, durability: 'strict' | 'relaxed' = 'relaxed'): Promise<void> {
    const [changes, unused] = await this.inTurn(async () => {
      const planned = plan()
      if (planned.size > 0) await this.database.change('entries', planned, durability)
      return [planned, this.tree.apply(planned)] as const
    })
    for (const content of unused) await this.contents.remove(content)
    if ([...changes].some(([path]) => path.endsWith('/current'))) this.onLinks()
  }

  private inTurn<T>(act: () => Promise<T>): Promise<T> {
    const done = this.last.then(act)
    // Whoever wanted the change is told; the next one is planned by what there is.
    this.last = done.catch(() => undefined)
    return done
  }
}

/** A key that is no path: written to have all before it on the disk. */
const barrier = '\0barrier'

async function read(file: File): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.arrayBuffer())
  } catch (error) {
    throw storageError(error)
  }
}
