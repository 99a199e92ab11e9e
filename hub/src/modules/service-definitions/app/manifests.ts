import { actAsHub } from '../../../platform/acting.ts'
import { createHash } from 'node:crypto'
import type { Digest, Manifest } from '@sutler/device-model'
import { parseManifest, WireError } from '@sutler/wire'
import { OutsideError } from '../../../platform/errors.ts'
import { contentLost } from './errors.ts'

/** A published component's file list, ready to be asked for single files. */
export interface StoredManifest {
  readonly manifest: Manifest
  /** Bytes of its canonical JSON. */
  readonly size: number
  /** Sizes in bytes, by digest. */
  readonly files: ReadonlyMap<Digest, number>
}

export interface Manifests {
  /** The file list of this digest; null when no published component has it. */
  manifest(digest: Digest): Promise<StoredManifest | null>
}

/** What it reads from: whether the list was published, and its stored text. */
export interface ManifestSource {
  isManifest(digest: Digest): Promise<boolean>
  read(digest: Digest): Promise<Buffer>
}

/**
 * Published file lists, kept in memory: asked for at every file request and every outcome. They never change, so the only
 * reason to drop one is room: the least recently used go when more than `room` file entries (about 250 bytes each) are kept.
 */
export function manifestCache(source: ManifestSource, room = 131_072): Manifests {
  const kept = new Map<Digest, StoredManifest>()
  const reading = new Map<Digest, Promise<StoredManifest | null>>()
  let entries = 0

  async function read(digest: Digest): Promise<StoredManifest | null> {
    if (!(await source.isManifest(digest))) return null
    const stored = await readList(source, digest)
    kept.set(digest, stored)
    entries += weight(stored)
    for (const [oldest, old] of kept) {
      if (entries <= room || oldest === digest) break
      kept.delete(oldest)
      entries -= weight(old)
    }
    return stored
  }

  return {
    async manifest(digest) {
      const hit = kept.get(digest)
      if (hit) {
        // Maps iterate in insertion order: put back last = most recently used.
        kept.delete(digest)
        kept.set(digest, hit)
        return hit
      }
      const known = reading.get(digest)
      if (known) return known
      // Whoever asks first asks for all.
      const begun = actAsHub(() => read(digest)).finally(() => reading.delete(digest))
      reading.set(digest, begun)
      return begun
    },
  }
}

function weight(stored: StoredManifest): number {
  return stored.manifest.files.length + 1
}

/** Reads a stored file list, published or not. @throws OutsideError `content-lost` */
export async function readList(source: Pick<ManifestSource, 'read'>, digest: Digest): Promise<StoredManifest> {
  const bytes = await source.read(digest)
  try {
    if (createHash('sha256').update(bytes).digest('hex') !== digest) throw spoilt(digest)
    const manifest = parseManifest(bytes.toString('utf8'))
    return { manifest, size: bytes.length, files: new Map(manifest.files.map((file) => [file.digest, file.size])) }
  } catch (error) {
    throw error instanceof WireError ? spoilt(digest, error) : error
  }
}

function spoilt(digest: Digest, cause?: unknown): OutsideError {
  return new OutsideError(contentLost, `The blob ${digest} is not the file list that was stored.`, { cause })
}
