import type { Digest } from '@sutler/device-model'
import { actOnInstallation } from '../../../../platform/acting.ts'
import type { Blob, Blobs } from '../../../../platform/blobs.ts'
import type { Clock } from '../../../../platform/clock.ts'
import type { BlobStorage } from './storage.ts'

/** Claims younger than this are not written again: thousands of digests are asked about at once, and several times. */
const freshFor = 1_800_000

/** Whoever is going to rely on a stored file says so first: then it stays for the grace that the collector gives. */
export interface Claims {
  /** Sizes in bytes of those of `digests` that are stored; each of these stays for as long as the grace is. */
  held(digests: readonly Digest[]): Promise<Map<Digest, number>>
  /** Claims what `store` is about to look for and store, so that no collector takes it away in between. */
  put(digest: Digest, store: () => Promise<Blob>): Promise<Blob>
  /** Writes a file list down, with the files that it needs. */
  keepList(manifest: Digest, files: ReadonlyMap<Digest, number>): Promise<void>
}

export function claimsOn(storage: BlobStorage, blobs: Pick<Blobs, 'sizes'>, clock: Clock): Claims {
  const claim = (digests: readonly Digest[]): Promise<void> =>
    storage.claim(digests, clock.now(), clock.now() - freshFor)
  return {
    async held(digests) {
      const there = await blobs.sizes(digests)
      if (there.size === 0) return there
      await actOnInstallation(() => claim([...there.keys()]))
      // Looked at once more: a collector may have had one of them in hand until now.
      return blobs.sizes([...there.keys()])
    },
    async put(digest, store) {
      await actOnInstallation(() => claim([digest]))
      const blob = await store()
      await actOnInstallation(() => storage.stored(digest, blob.size))
      return blob
    },
    keepList: (manifest, files) => actOnInstallation(() => storage.keepList(manifest, files, clock.now())),
  }
}
