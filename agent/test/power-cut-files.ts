import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, renameSync, rmSync } from 'node:fs'
import { symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Files, FileWriter } from '../src/core/platform.ts'

/** When, relative to the change, the power goes: `torn` = half-way, or before what has no middle; `unsynced` = after it, and all that was not synced is gone. */
export type CutMode = 'torn' | 'after' | 'unsynced'

interface Written {
  path: string
  /** Bytes that survive. */
  synced: number
}

/** A file system whose power is cut at its n-th change; afterwards nothing works any more. */
export class PowerCutFiles implements Files {
  /** Changes seen so far. */
  changes = 0
  cut = false
  private readonly real: Files
  private readonly root: string
  private readonly cutAt: number
  private readonly mode: CutMode
  private readonly graveyard: string
  private buried = 0
  private written: Written[] = []
  /** Changes of directories that their sync has not made durable yet. */
  private undo: { readonly directory: string; readonly act: () => void }[] = []

  /** @param root the real directory behind `real` */
  constructor(real: Files, root: string, cutAt: number, mode: CutMode) {
    this.real = real
    this.root = root
    this.cutAt = cutAt
    this.mode = mode
    this.graveyard = `${root}.graveyard`
    mkdirSync(this.graveyard, { recursive: true })
  }

  /** What a start after the cut finds: call when nothing runs any more. */
  settle(): void {
    if (this.mode === 'unsynced') {
      for (const { path, synced } of this.written) if (existsSync(this.at(path))) truncateSync(this.at(path), synced)
      for (const { act } of this.undo.toReversed()) act()
    }
    rmSync(this.graveyard, { recursive: true, force: true })
  }

  read = (path: string): Promise<Uint8Array | null> => this.alive(() => this.real.read(path))
  list = (path: string): Promise<string[]> => this.alive(() => this.real.list(path))
  stat = (path: string): ReturnType<Files['stat']> => this.alive(() => this.real.stat(path))
  readLink = (path: string): Promise<string | null> => this.alive(() => this.real.readLink(path))
  space = (): ReturnType<Files['space']> => this.alive(() => this.real.space())
  chunks = (path: string): AsyncIterable<Uint8Array> => this.real.chunks(path)
  setMode = (path: string, mode: number): Promise<void> => this.change(() => this.real.setMode(path, mode))

  create = (path: string, mode: number): Promise<FileWriter> =>
    this.change(async () => {
      const writer = await this.real.create(path, mode)
      this.onUndo(path, () => rmSync(this.at(path), { force: true }))
      return this.watch(writer, path, 0)
    })

  extend = (path: string, size: number): Promise<FileWriter> =>
    this.change(async () =>
      this.watch(await this.real.extend(path, size), path, size, Math.min(size, this.syncedOf(path))),
    )

  copy = (from: string, to: string, mode: number): Promise<void> =>
    this.change(async () => {
      await this.real.copy(from, to, mode)
      this.onUndo(to, () => rmSync(this.at(to), { force: true }))
    })

  makeDirectory = (path: string): Promise<void> =>
    this.change(async () => {
      for (let made = path; made !== '.' && !existsSync(this.at(made)); made = dirname(made)) {
        const level = made
        this.undo.unshift({
          directory: parentOf(level),
          act: () => rmSync(this.at(level), { recursive: true, force: true }),
        })
      }
      await this.real.makeDirectory(path)
    })

  syncDirectory = (path: string): Promise<void> =>
    this.change(async () => {
      await this.real.syncDirectory(path)
      this.undo = this.undo.filter(({ directory }) => directory !== path)
    })

  rename = (from: string, to: string): Promise<void> =>
    this.change(async () => {
      const restore = this.snapshot(to)
      await this.real.rename(from, to)
      // What was at `to` is gone: how much of it was synced says nothing of the file that took its place.
      this.written = this.written.filter((file) => file.path !== to)
      for (const file of this.written) if (isWithin(file.path, from)) file.path = to + file.path.slice(from.length)
      this.onUndo(to, () => {
        if (!lstatSync(this.at(to), { throwIfNoEntry: false }) || !existsSync(dirname(this.at(from)))) return
        renameSync(this.at(to), this.at(from))
        restore()
      })
    })

  symlink = (target: string, path: string): Promise<void> =>
    this.change(async () => {
      await this.real.symlink(target, path)
      this.onUndo(path, () => rmSync(this.at(path), { force: true }))
    })

  remove = (path: string): Promise<void> =>
    this.change(
      async () => {
        if (!lstatSync(this.at(path), { throwIfNoEntry: false })) return
        const grave = join(this.graveyard, String(this.buried++))
        renameSync(this.at(path), grave)
        this.written = this.written.filter((file) => !isWithin(file.path, path))
        this.onUndo(path, () => existsSync(dirname(this.at(path))) && renameSync(grave, this.at(path)))
      },
      async () => {
        const half = this.at(path)
        if (!lstatSync(half, { throwIfNoEntry: false })?.isDirectory()) return
        for (const name of readdirSync(half).filter((_, index) => index % 2 === 0))
          rmSync(join(half, name), { recursive: true })
      },
    )

  /** Bytes of a file that are durable, as far as was seen. */
  private syncedOf(path: string): number {
    return this.written.find((file) => file.path === path)?.synced ?? Number.POSITIVE_INFINITY
  }

  private watch(writer: FileWriter, path: string, size: number, synced = size): FileWriter {
    const file: Written = { path, synced }
    let written = size
    this.written = this.written.filter((earlier) => earlier.path !== path)
    this.written.push(file)
    const torn = (bytes: Uint8Array) => (): Promise<void> => writer.write(bytes.subarray(0, bytes.length / 2))
    return {
      write: (bytes) =>
        this.change(async () => {
          await writer.write(bytes)
          written += bytes.length
        }, torn(bytes)),
      sync: () =>
        this.change(async () => {
          await writer.sync()
          file.synced = written
        }),
      // Closing writes nothing, and must free the descriptor also when the power is gone.
      close: () => writer.close(),
    }
  }

  private async change<T>(act: () => Promise<T>, torn: () => Promise<void> = async () => undefined): Promise<T> {
    if (this.cut) throw new Error('the power is off')
    this.changes++
    if (this.changes !== this.cutAt) return act()
    this.cut = true
    if (this.mode === 'torn') await torn()
    if (this.mode === 'after' || this.mode === 'unsynced') await closed(await act())
    throw new Error(`the power was cut at change ${this.cutAt}`)
  }

  private alive<T>(act: () => Promise<T>): Promise<T> {
    return this.cut ? Promise.reject(new Error('the power is off')) : act()
  }

  private at(path: string): string {
    return join(this.root, path)
  }

  private onUndo(path: string, act: () => void): void {
    this.undo.push({ directory: parentOf(path), act })
  }

  private snapshot(path: string): () => void {
    const full = this.at(path)
    const stat = lstatSync(full, { throwIfNoEntry: false })
    if (stat?.isSymbolicLink()) {
      const target = readlinkSync(full)
      return () => symlinkSync(target, full)
    }
    if (!stat?.isFile()) return () => undefined
    const content = readFileSync(full)
    return () => writeFileSync(full, content, { mode: stat.mode })
  }
}

/** A writer that nobody will get must not keep its descriptor. */
async function closed(made: unknown): Promise<void> {
  if (typeof made === 'object' && made !== null && 'close' in made) await (made as FileWriter).close()
}

function parentOf(path: string): string {
  const parent = dirname(path)
  return parent === '.' ? '' : parent
}

function isWithin(path: string, tree: string): boolean {
  return path === tree || path.startsWith(`${tree}/`)
}
