import type { Manifest } from '@sutler/wire'
import { layout } from '../layout.ts'
import type { AgentPlatform } from '../platform.ts'
import { digestOf } from './digest.ts'

type Disk = Pick<AgentPlatform, 'files' | 'crypto'>

/** The version directory that is current; null when the service has none. */
export async function currentDirectory(platform: Disk, service: string): Promise<string | null> {
  const target = await platform.files.readLink(layout.current(service))
  return target === null ? null : target.slice(target.lastIndexOf('/') + 1)
}

/** Makes a version current by one rename, durably; null takes the service out of use. */
export async function makeCurrent(platform: Disk, service: string, directory: string | null): Promise<void> {
  const { files } = platform
  if (directory === null) {
    await files.remove(layout.current(service))
  } else {
    await files.remove(layout.nextLink(service))
    await files.symlink(layout.linkTarget(directory), layout.nextLink(service))
    await files.rename(layout.nextLink(service), layout.current(service))
  }
  await files.syncDirectory(layout.service(service))
}

/**
 * Digests of what is in place at a manifest's paths, in its order; null = no such file.
 * @param root of its files; absent = the version in use
 */
export async function digestsInPlace(
  platform: Disk,
  manifest: Manifest,
  root: string = layout.current(manifest.service),
): Promise<(string | null)[]> {
  const digests: (string | null)[] = []
  for (const file of manifest.files) digests.push(await digestOf(platform, `${root}/${file.path}`))
  return digests
}

/** Paths whose content in place is not the manifest's. */
export function differing(manifest: Manifest, digests: readonly (string | null)[]): string[] {
  return manifest.files.filter((file, index) => digests[index] !== file.digest).map((file) => file.path)
}

/** Takes a whole service away by one rename; what was renamed is deleted later. */
export async function moveToTrash(platform: Disk, service: string, directory: string): Promise<void> {
  const { files } = platform
  if ((await files.stat(layout.service(service))) === null) return
  await files.makeDirectory(layout.trash)
  await files.rename(layout.service(service), layout.trashed(directory))
  await files.syncDirectory(layout.trash)
  await files.syncDirectory(layout.services)
}
