import type { Digest } from '@sutler/device-model'
import { predecessorOf } from '@sutler/wire'
import { actOnInstallation } from '../../../../platform/acting.ts'
import type { Manifests } from '../manifests.ts'
import type { PatchStorage } from './patch-storage.ts'

/** What a device has to fetch, in bytes. */
export interface Transfer {
  /** Of all files: for a device that has nothing. */
  readonly total: number
  /** Of those whose content it lacks. */
  readonly changed: number
  /** The same, with the patches that there are now, for a device that can use them. */
  readonly patched: number
}

/**
 * What a device with the file list `have` (null: nothing of this component) has to fetch for the file list `want`. Other services on
 * the device may save it more. Null when `want` is not published.
 */
export async function transferOf(
  { manifests, patches }: { readonly manifests: Manifests; readonly patches: Pick<PatchStorage, 'to'> },
  have: Digest | null,
  want: Digest,
): Promise<Transfer | null> {
  const [newer, older] = [await manifests.manifest(want), have === null ? null : await manifests.manifest(have)]
  if (newer === null) return null
  const wanted = new Map(newer.manifest.files.map((file) => [file.digest, file]))
  const total = newer.manifest.files.reduce((sum, { size }) => sum + size, 0)
  const lacking = [...wanted.values()].filter(({ digest }) => !older?.files.has(digest))
  const changed = lacking.reduce((sum, { size }) => sum + size, 0)
  // Patches are the installation's: the file lists say already whose files these are.
  const made = older === null ? [] : await actOnInstallation(() => patches.to(lacking.map(({ digest }) => digest)))
  const patched = lacking.reduce((sum, file) => {
    const from = older && predecessorOf(file, older.manifest.files)
    const patch = made.find((each) => each.to === file.digest && each.from === from?.digest)
    return sum + (patch?.size ?? file.size)
  }, 0)
  return { total, changed, patched }
}
