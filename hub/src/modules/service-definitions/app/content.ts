import type { Digest } from '@sutler/device-model'
import type { Blob, Blobs } from '../../../platform/blobs.ts'
import type { Claims } from './blobs/claims.ts'
import type { ManifestBlobs } from './publication.ts'

/** The stored files, as this module uses them. */
export interface ContentStore extends ManifestBlobs {
  /** The whole content of a small one. @throws OutsideError when it is not there */
  read(digest: Digest): Promise<Buffer>
  find(digest: Digest): Promise<Blob | null>
}

export function contentStore(blobs: Blobs, claims: Claims): ContentStore {
  return {
    sizes: (digests) => claims.held(digests),
    async keepList(digest, bytes, files) {
      const limits = { maxBytes: bytes.length, size: bytes.length }
      await claims.put(digest, () => blobs.put(digest, once(bytes), limits))
      await claims.keepList(digest, files)
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
