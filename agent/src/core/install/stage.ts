import { limits, WireError } from '@sutler/wire'
import type { Manifest } from '@sutler/wire'
import { AgentError } from '../errors.ts'
import { layout } from '../layout.ts'
import type { Installed } from '../state.ts'
import { contentOnDevice } from './content-on-device.ts'
import { fetchFile } from './fetch.ts'
import { Filling } from './filling.ts'
import { readManifest } from './manifest-in-place.ts'
import { directoriesOf } from './plan.ts'
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
  await filling.run(await contentOnDevice(work, installed))
  work.progress('installing', totalBytes(manifest), totalBytes(manifest))
  for (const path of directoriesOf(manifest).toReversed()) await files.syncDirectory(`${root}/${path}`)
  for (const path of [root, layout.versions(service), layout.service(service), layout.services, '']) {
    await files.syncDirectory(path)
  }
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
