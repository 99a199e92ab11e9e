import type { FileFacts, InstallRole, Manifest, ManifestFile } from '@sutler/device-model'
import type { Artifact, Chunk } from '../wire/documents.ts'
import type { Work } from '../session/work.ts'

/** Software module types as hawkBit's clients know them: `os` for a whole image, `bApp` for an application. */
const parts: Record<InstallRole, string> = { firmware: 'os', unit: 'bApp', files: 'bApp', configuration: 'config' }

/** One chunk, as the clients in the field take only one. @param artifacts in the manifest's order */
export function chunkOf({ role, reports, service, component }: Work, artifacts: readonly Artifact[]): Chunk {
  return {
    part: parts[role],
    name: reports.name,
    version: reports.version,
    artifacts,
    metadata: [
      ['sutler.service', service],
      ['sutler.component', component],
    ],
  }
}

/**
 * The flat name that DDI has for each file: the last part of its path, which is unique in most updates; else with the start of its digest
 * before it. Clients go by its end (`.swu`, `.raucb`).
 */
export function fileNames({ files }: Pick<Manifest, 'files'>): string[] {
  const names = files.map(({ path }) => path.slice(path.lastIndexOf('/') + 1))
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name.toLowerCase(), (counts.get(name.toLowerCase()) ?? 0) + 1)
  return names.map((name, index) =>
    counts.get(name.toLowerCase()) === 1 ? name : `${index}-${files[index]!.digest.slice(0, 8)}-${name}`,
  )
}

export function artifactOf(filename: string, { size }: ManifestFile, { sha1, md5, sha256 }: FileFacts): Artifact {
  return { filename, size, sha1, md5, sha256 }
}
