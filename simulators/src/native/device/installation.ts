import { limits } from '@sutler/wire'
import { download } from './download.ts'
import type { FleetContext } from './context.ts'
import type { InstallJob, Installed } from './jobs.ts'
import type { ManifestEntry } from './manifest-shelf.ts'

/** What an installation needs of the device it happens on. */
export interface InstallSite {
  readonly context: FleetContext
  readonly installed: readonly Installed[]
  /** Out of use, but with their files. */
  readonly kept: readonly Installed[]
  /** Bytes per second, 0 = no limit. */
  readonly slowRate: number
  /** Called for downloads that are worth a progress message. */
  progress(job: InstallJob, stage: string, done: number, total: number): void
  /** Called before each file; may cut off the power, after which `wanted` is false. */
  beforeFile(): void
}

/**
 * Brings a component's manifest and the files that the device lacks. The bytes are checked and dropped.
 * @param wanted whether to go on: false after a loss of power or connection, or when the job is stopped
 * @returns the manifest, or null when it was given up
 * @throws FleetError of `download`, `invalid-manifest`
 */
export async function fetchComponent(
  site: InstallSite,
  job: InstallJob,
  wanted: () => boolean,
): Promise<ManifestEntry | null> {
  const manifest = await fetchManifest(site, job, wanted)
  if (!manifest) return null
  const missing = missingFiles(manifest, [...site.installed, ...site.kept])
  const total = missing.reduce((sum, file) => sum + file.size, 0)
  const worthProgress = total > limits.progressFromBytes
  let done = 0
  const onBytes = (chunk: Buffer): void => {
    done += chunk.length
    if (worthProgress) site.progress(job, 'downloading', done, total)
  }
  for (const file of missing) {
    site.beforeFile()
    if (!job.link || !wanted()) return null
    const options = { rate: site.slowRate, wanted, onBytes }
    if (!(await download(site.context, job.link, file.digest, file.size, options))) return null
    site.context.statistics.files++
  }
  site.context.statistics.fileBytes += done
  return wanted() ? manifest : null
}

async function fetchManifest(site: InstallSite, job: InstallJob, wanted: () => boolean): Promise<ManifestEntry | null> {
  const { context } = site
  const known = context.manifests.get(job.digest)
  if (known && site.kept.some(({ manifest }) => manifest === known)) return known
  const pieces: Buffer[] = []
  const onBytes = (chunk: Buffer): void => {
    if (!known) pieces.push(Buffer.from(chunk))
  }
  if (!job.link) return null
  const options = { rate: site.slowRate, wanted, onBytes }
  if (!(await download(context, job.link, job.digest, job.manifestSize, options))) return null
  context.statistics.manifests++
  return known ?? context.manifests.read(job.digest, Buffer.concat(pieces).toString())
}

/** Each content once, without those that a component in place has already. */
function missingFiles(manifest: ManifestEntry, installed: readonly Installed[]): { digest: string; size: number }[] {
  const missing = new Map<string, number>()
  for (const file of manifest.document.files) {
    if (installed.some((component) => component.manifest.files.has(file.digest))) continue
    missing.set(file.digest, file.size)
  }
  return [...missing].map(([digest, size]) => ({ digest, size }))
}
