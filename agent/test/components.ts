import { createHash } from 'node:crypto'
import { constants, zstdCompressSync } from 'node:zlib'
import { canonicalManifest } from '@sutler/wire'
import type { Manifest } from '@sutler/wire'

/** A component as a developer would publish it: the manifest and every file's content by digest. */
export interface Component {
  readonly manifest: Manifest
  readonly manifestText: string
  readonly manifestDigest: string
  /** Digest → content; the manifest's own included. */
  readonly blobs: ReadonlyMap<string, Buffer>
}

export interface ComponentOptions {
  readonly service?: string
  readonly version?: string
  readonly restart?: 'none' | 'device'
  readonly health?: Manifest['health']
  /** Changes the manifest's text before it is digested, to break it. */
  readonly breakText?: (text: string) => string
}

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

/** @param files path → content */
export function component(files: Readonly<Record<string, string | Buffer>>, options: ComponentOptions = {}): Component {
  const blobs = new Map<string, Buffer>()
  const entries = Object.entries(files)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([path, text]) => {
      const content = Buffer.from(text)
      const digest = sha256(content)
      blobs.set(digest, content)
      return { path, size: content.length, digest, mode: path.endsWith('.sh') ? 0o755 : 0o644 }
    })
  const { service = 'tv-guide', version = '1.0.0', restart = 'none', health = null } = options
  const manifest: Manifest = { service, version, component: 'app', restart, health, files: entries }
  const canonical = canonicalManifest(manifest)
  const manifestText = options.breakText ? options.breakText(canonical) : canonical
  const manifestDigest = sha256(manifestText)
  blobs.set(manifestDigest, Buffer.from(manifestText))
  return { manifest, manifestText, manifestDigest, blobs }
}

/** A patch as the hub makes them (RFC 9842): the older file's digest in a skippable frame, then zstd with that file as dictionary. */
export function patchBetween(older: Buffer, newer: Buffer, windowLog = 23): Buffer {
  const params = {
    [constants.ZSTD_c_compressionLevel]: 5,
    [constants.ZSTD_c_windowLog]: windowLog,
    [constants.ZSTD_c_hashLog]: 20,
    [constants.ZSTD_c_chainLog]: 20,
  }
  const head = Buffer.from(`5e2a4d1820000000${sha256(older)}`, 'hex')
  return Buffer.concat([head, zstdCompressSync(newer, { dictionary: older, params })])
}
