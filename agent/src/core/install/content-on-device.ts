import type { ManifestFile } from '@sutler/wire'
import { layout } from '../layout.ts'
import type { Installed } from '../state.ts'
import { readManifest } from './manifest-in-place.ts'
import type { Work } from './work.ts'

/** What the installed versions have, as their manifests list it; verified when it is used. */
export interface OnDevice {
  /** Paths of content in the agent's directory, by digest. */
  readonly known: ReadonlyMap<string, string>
  /** Versions of the job's own service, with the directory that each is in: what its new files were made from. */
  readonly older: readonly { readonly files: readonly ManifestFile[]; readonly root: string }[]
}

export async function contentOnDevice(work: Work, installed: readonly Installed[]): Promise<OnDevice> {
  const known = new Map<string, string>()
  const older: OnDevice['older'][number][] = []
  for (const { service, directory, manifest } of installed) {
    const files = (await readManifest(work, service, directory, manifest))?.files ?? []
    const root = layout.version(service, directory)
    for (const file of files) known.set(file.digest, `${root}/${file.path}`)
    if (service === work.job.service) older.push({ files, root })
  }
  return { known, older }
}
