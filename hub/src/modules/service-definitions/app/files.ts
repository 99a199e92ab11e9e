import type { Digest } from '@sutler/device-model'
import type { Blob } from '../../../platform/blobs.ts'
import { OutsideError } from '../../../platform/errors.ts'
import { contentLost } from './errors.ts'
import type { StoredManifest } from './manifests.ts'

export interface FilePlace {
  /** Absolute. */
  readonly path: string
  /** Bytes. */
  readonly size: number
}

/** Finds files of published manifests; what was found stays found as long as its manifest is kept in memory. */
export class FileFinder {
  readonly #content: { find(digest: Digest): Promise<Blob | null> }
  readonly #found = new WeakMap<StoredManifest, Map<Digest, FilePlace>>()

  constructor(content: { find(digest: Digest): Promise<Blob | null> }) {
    this.#content = content
  }

  /**
   * Where a file of a manifest, or the manifest itself, is on disk; null when the manifest does not list it.
   * @throws OutsideError `content-lost`
   */
  async fileIn(stored: StoredManifest, manifest: Digest, digest: Digest): Promise<FilePlace | null> {
    const size = digest === manifest ? stored.size : stored.files.get(digest)
    if (size === undefined) return null
    const found = this.#found.get(stored) ?? new Map<Digest, FilePlace>()
    const known = found.get(digest)
    if (known !== undefined) return known
    const blob = await this.#content.find(digest)
    if (blob?.size !== size) throw lost(manifest, digest, size, blob)
    this.#found.set(stored, found.set(digest, blob))
    return blob
  }
}

function lost(manifest: Digest, digest: Digest, size: number, blob: Blob | null): OutsideError {
  const actual = blob === null ? 'is not there' : `has ${blob.size} bytes instead of ${size}`
  return new OutsideError(contentLost, `The blob ${digest}, a file of manifest ${manifest}, ${actual}.`)
}
