import type { Manifest, ManifestFile } from '@sutler/wire'
import { AgentError } from '../errors.ts'
import { layout } from '../layout.ts'
import type { OnDevice } from './content-on-device.ts'
import { digestOf } from './digest.ts'
import { fetchByPatch, patchBaseOf } from './fetch-by-patch.ts'
import { fetchFile } from './fetch.ts'
import { planStage } from './plan.ts'
import { totalBytes } from './work.ts'
import type { Work } from './work.ts'

/** The filling of one version's directory. */
export class Filling {
  private readonly work: Work
  private readonly manifest: Manifest
  private readonly root: string
  private readonly total: number
  private done = 0
  private older: OnDevice['older'] = []
  /** Patches are applied one after the other: each takes memory for the older file. */
  private lastPatch: Promise<unknown> = Promise.resolve()

  constructor(work: Work, manifest: Manifest, root: string) {
    this.work = work
    this.manifest = manifest
    this.root = root
    this.total = totalBytes(manifest)
  }

  async run(onDevice: OnDevice): Promise<void> {
    this.older = onDevice.older
    const plan = planStage(this.manifest, await this.inPlace(), onDevice.known)
    const fetch = [...plan.fetch]
    for (const { file, from } of plan.reuse) if (!(await this.copy(file, from))) fetch.push(file)
    await this.fetchAll(fetch)
    for (const { file, from } of plan.repeat) {
      if (!(await this.copy(file, `${this.root}/${from}`)))
        throw new AgentError('disk', `${file.path} was copied with other content`)
    }
  }

  /** Paths that an earlier attempt finished; anything else at a path is cleared away. */
  private async inPlace(): Promise<Set<string>> {
    const { files } = this.work.platform
    const right = new Set<string>()
    for (const file of this.manifest.files) {
      this.work.stop.throwIfAborted()
      const path = `${this.root}/${file.path}`
      const stat = await files.stat(path)
      if (stat === null) continue
      if (stat.mode === file.mode && (await digestOf(this.work.platform, path)) === file.digest) {
        right.add(file.path)
        this.advance(file.size)
      } else await files.remove(path)
    }
    return right
  }

  /**
   * A verified copy, not a hard link: what the new version does to its files, even in its health check, must leave the old
   * version whole. Where the file system shares blocks between copies it costs nothing.
   * @returns false when the content at `from` is not what it should be
   */
  private async copy(file: ManifestFile, from: string): Promise<boolean> {
    const { files } = this.work.platform
    this.work.stop.throwIfAborted()
    if ((await files.stat(from))?.kind !== 'file') return false
    const part = layout.part(this.work.job.service, `copy-${file.digest}`)
    await files.remove(part)
    await files.copy(from, part, file.mode)
    if ((await digestOf(this.work.platform, part)) !== file.digest) {
      await files.remove(part)
      return false
    }
    await this.place(part, file)
    this.advance(file.size)
    return true
  }

  private async fetchAll(wanted: readonly ManifestFile[]): Promise<void> {
    const queue = wanted.toReversed()
    const failures: unknown[] = []
    const worker = async (): Promise<void> => {
      for (let file = queue.pop(); file !== undefined && failures.length === 0; file = queue.pop()) {
        try {
          await this.fetch(file)
        } catch (error) {
          failures.push(error)
        }
      }
    }
    await Promise.all(Array.from({ length: Math.min(this.work.settings.parallel, queue.length) }, worker))
    if (failures.length > 0) throw failures[0]
  }

  private async fetch(file: ManifestFile): Promise<void> {
    this.work.stop.throwIfAborted()
    const part = layout.part(this.work.job.service, file.digest)
    const arrived = (bytes: number): void => this.advance(bytes)
    const base = patchBaseOf(this.work, file, this.older)
    if (file.size === 0) await this.makeEmpty(part)
    else if (base === null) await fetchFile(this.work, file, part, arrived)
    else await fetchByPatch(this.work, { file, base, path: part, arrived, inTurn: (apply) => this.inTurn(apply) })
    await this.place(part, file)
  }

  private inTurn<T>(apply: () => Promise<T>): Promise<T> {
    const applied = this.lastPatch.then(apply)
    // What goes wrong is told to whoever waits for it; the next one goes ahead all the same.
    this.lastPatch = applied.catch(() => undefined)
    return applied
  }

  private async makeEmpty(part: string): Promise<void> {
    await this.work.platform.files.remove(part)
    const writer = await this.work.platform.files.create(part, 0o644)
    await writer.sync()
    await writer.close()
  }

  private async place(part: string, file: ManifestFile): Promise<void> {
    const { files } = this.work.platform
    if ((await files.stat(part))?.mode !== file.mode) await files.setMode(part, file.mode)
    await files.rename(part, `${this.root}/${file.path}`)
  }

  private advance(bytes: number): void {
    this.done += bytes
    this.work.progress('downloading', this.done, this.total)
  }
}
