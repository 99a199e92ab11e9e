import { parseManifest, WireError } from '@sutler/wire'
import type { Manifest } from '@sutler/wire'
import { FleetError } from '../errors.ts'

/** A manifest as devices refer to it: one object, however many devices have it. */
export interface ManifestEntry {
  /** Hex. */
  readonly digest: string
  readonly document: Manifest
  /** Digests of the files in the manifest's order, as bytes. */
  readonly digests: readonly Uint8Array[]
  /** The same as a set of hex texts. */
  readonly files: ReadonlySet<string>
  /** Sum of the files' sizes. */
  readonly bytes: number
}

const mostEntries = 1024

/** Parsed manifests by digest. Saves the parsing, never the download. */
export class ManifestShelf {
  #entries = new Map<string, ManifestEntry>()

  get(digest: string): ManifestEntry | null {
    return this.#entries.get(digest) ?? null
  }

  /**
   * Reads a manifest whose bytes have been found to have this digest.
   * @throws FleetError `invalid-manifest`
   */
  read(digest: string, text: string): ManifestEntry {
    const known = this.#entries.get(digest)
    if (known) return known
    const document = parsed(text)
    const files = new Set(document.files.map((file) => file.digest))
    const digests = document.files.map((file) => new Uint8Array(Buffer.from(file.digest, 'hex')))
    const bytes = document.files.reduce((sum, file) => sum + file.size, 0)
    const entry = { digest, document, digests, files, bytes }
    this.#entries.set(digest, entry)
    const oldest = this.#entries.keys().next()
    if (this.#entries.size > mostEntries && !oldest.done) this.#entries.delete(oldest.value)
    return entry
  }
}

function parsed(text: string): Manifest {
  try {
    return parseManifest(text)
  } catch (error) {
    if (error instanceof WireError) throw new FleetError('invalid-manifest', error.message, { cause: error })
    throw error
  }
}
