import { TrustError } from '../errors.ts'
import { checkDigest, checkLength, sha256Of } from '../metadata/files.ts'
import type { TargetFile } from '../metadata/files.ts'

/** A target file on its way to the device (5.7.3). The host hashes the chunks; this says when to stop and whether it is the file. */
export interface Download {
  readonly path: string
  readonly length: number
  /** In lower-case hexadecimal digits. */
  readonly sha256: string
  readonly received: number
}

/** Throws TrustError `no-known-hash`. */
export function startDownload(path: string, { length, hashes }: TargetFile): Download {
  return { path, length, sha256: sha256Of(hashes, path), received: 0 }
}

/**
 * Takes a chunk, before it is written.
 * Throws TrustError `endless-data` as soon as there is more than was signed.
 */
export function afterChunk(download: Download, bytes: number): Download {
  const received = download.received + bytes
  if (received > download.length)
    throw new TrustError('endless-data', download.path, `more than the ${download.length} bytes that are signed`)
  return { ...download, received }
}

/** Throws TrustError `length-mismatch` or `hash-mismatch` unless all has come and is the file. */
export function checkDownload({ path, length, sha256, received }: Download, digest: string): void {
  checkLength(path, received, length)
  checkDigest(path, digest, sha256)
}

/**
 * The name of a target in the repository, its segments escaped for a URL (5.7.3): with consistent snapshots the digest stands before
 * the file's name.
 */
export function targetName(path: string, sha256: string, consistentSnapshot: boolean): string {
  const segments = path.split('/').map((segment) => encodeURIComponent(segment))
  const name = segments.pop() ?? ''
  return [...segments, consistentSnapshot ? `${sha256}.${name}` : name].join('/')
}
