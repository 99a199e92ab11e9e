import type { Digest } from '@sutler/device-model'
import type { Blob, Blobs } from '../../../platform/blobs.ts'
import type { ManifestBlobs } from './publication.ts'

/** The stored files, as this module uses them. */
export interface ContentStore extends ManifestBlobs {
  /** The whole content of a small one. @throws OutsideError when it is not there */
  read(digest: Digest): Promise<Buffer>
  find(digest: Digest): Promise<Blob | null>
}

/** Look-ups at the same time: enough to keep a disk busy, few enough to leave it to others. */
const lookUps = 64

export function contentStore(blobs: Blobs): ContentStore {
  return {
    async sizes(digests) {
      const sizes = new Map<Digest, number>()
      for (let at = 0; at < digests.length; at += lookUps) {
        const some = digests.slice(at, at + lookUps)
        const found = await Promise.all(some.map((digest) => blobs.stat(digest)))
        for (const [index, blob] of found.entries()) if (blob) sizes.set(some[index]!, blob.size)
      }
      return sizes
    },
    async write(digest, bytes) {
      await blobs.put(digest, once(bytes), { maxBytes: bytes.length, size: bytes.length })
    },
    async read(digest) {
      const file = await blobs.open(digest)
      try {
        return await file.readFile()
      } finally {
        await file.close()
      }
    },
    find: (digest) => blobs.stat(digest),
  }
}

async function* once(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes
}
