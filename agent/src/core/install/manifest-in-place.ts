import { parseManifest } from '@sutler/wire'
import type { Manifest } from '@sutler/wire'
import { layout } from '../layout.ts'
import { digestOfBytes } from './digest.ts'
import type { Work } from './work.ts'

/** The manifest of a version in place; null when it is not there or not what it was. */
export async function readManifest(
  work: Pick<Work, 'platform'>,
  service: string,
  directory: string,
  digest: string,
): Promise<Manifest | null> {
  const bytes = await work.platform.files.read(layout.manifest(service, directory))
  if (bytes === null) return null
  return digestOfBytes(work.platform, bytes) === digest ? parseManifest(new TextDecoder().decode(bytes)) : null
}
