import { limits, parseManifest, WireError } from '@sutler/wire'
import type { Manifest, ManifestFile } from '@sutler/wire'
import { AgentError } from '../errors.ts'
import { layout } from '../layout.ts'
import type { Installed } from '../state.ts'
import { digestOf } from './digest.ts'
import { fetchFile } from './fetch.ts'
import { directoriesOf, planStage } from './plan.ts'
import { totalBytes } from './work.ts'
import type { Work } from './work.ts'

/**
 * Brings every file of the job's version into its own directory, verified and durable; nothing uses the directory yet.
 * May be done again at any time: what is in place and right is kept.
 * @param installed whose content may be reused
 * @throws AgentError as `work.permitted` and `fetchFile`, `invalid-manifest`, `no-space`, `disk`
 */
export async function stage(work: Work, installed: readonly Installed[]): Promise<void> {
  const { files } = work.platform
  const { service, directory } = work.job
  const root = layout.version(service, directory)
  await work.permitted()
  await files.makeDirectory(layout.stagingOf(service))
  await files.makeDirectory(root)
  const manifest = await obtainManifest(work)
  checkTotal(work, manifest)
  for (const path of directoriesOf(manifest)) await files.makeDirectory(`${root}/${path}`)
  const filling = new Filling(work, manifest, root)
  await filling.run(await contentOf(work, installed))
  work.progress('installing', totalBytes(manifest), totalBytes(manifest))
  for (const path of directoriesOf(manifest).toReversed()) await files.syncDirectory(`${root}/${path}`)
  for (const path of [root, layout.versions(service), layout.service(service), layout.services, '']) {
    await files.syncDirectory(path)
  }
}

/** The manifest of a version in place; null when it is not there or not what it was. */
export async function readManifest(
  work: Pick<Work, 'platform'>,
  service: string,
  directory: string,
  digest: string,
): Promise<Manifest | null> {
  const bytes = await work.platform.files.read(layout.manifest(service, directory))
  if (bytes === null) return null
  const hasher = work.platform.crypto.sha256()
  hasher.update(bytes)
  return hasher.digest() === digest ? parseManifest(new TextDecoder().decode(bytes)) : null
}

/** Fetches and checks the manifest: every path rule holds before the first of its paths touches the disk. */
async function obtainManifest(work: Work): Promise<Manifest> {
  const { job, platform } = work
  const path = layout.manifest(job.service, job.directory)
  try {
    let manifest = await readManifest(work, job.service, job.directory, job.manifest.digest)
    if (manifest === null) {
      const part = layout.part(job.service, job.manifest.digest)
      if (job.manifest.size > limits.manifestBytes)
        throw new AgentError('invalid-manifest', `a manifest of ${job.manifest.size} bytes`)
      await fetchFile(work, { ...job.manifest, mode: 0o644 }, part, () => undefined)
      await platform.files.rename(part, path)
      manifest = await readManifest(work, job.service, job.directory, job.manifest.digest)
    }
    if (manifest === null) throw new AgentError('disk', `${path} does not hold what was written to it`)
    if (manifest.service !== job.service || manifest.component !== job.component || manifest.version !== job.version) {
      throw new AgentError(
        'invalid-manifest',
        `offered ${job.service} ${job.version} ${job.component}, the manifest is of ${manifest.service} ${manifest.version} ${manifest.component}`,
      )
    }
    return manifest
  } catch (error) {
    if (error instanceof WireError) throw new AgentError('invalid-manifest', error.message, error)
    throw error
  }
}

function checkTotal(work: Work, manifest: Manifest): void {
  const total = totalBytes(manifest)
  if (total > work.job.bytes)
    throw new AgentError('invalid-manifest', `offered ${work.job.bytes} bytes, the manifest lists ${total}`)
}

/** Content on the device by digest, as the manifests of the installed versions list it; verified when it is used. */
async function contentOf(work: Work, installed: readonly Installed[]): Promise<Map<string, string>> {
  const known = new Map<string, string>()
  for (const { service, directory, manifest } of installed) {
    const document = await readManifest(work, service, directory, manifest)
    for (const file of document?.files ?? [])
      known.set(file.digest, `${layout.version(service, directory)}/${file.path}`)
  }
  return known
}

/** The filling of one version's directory. */
class Filling {
  private readonly work: Work
  private readonly manifest: Manifest
  private readonly root: string
  private readonly total: number
  private done = 0

  constructor(work: Work, manifest: Manifest, root: string) {
    this.work = work
    this.manifest = manifest
    this.root = root
    this.total = totalBytes(manifest)
  }

  async run(known: ReadonlyMap<string, string>): Promise<void> {
    const plan = planStage(this.manifest, await this.inPlace(), known)
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
    if (file.size === 0) await this.makeEmpty(part)
    else await fetchFile(this.work, file, part, (bytes) => this.advance(bytes))
    await this.place(part, file)
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
