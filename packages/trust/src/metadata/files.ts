import { hex } from '../bytes.ts'
import { TrustError } from '../errors.ts'
import { optional, readCount, readEntries, readObject, readText } from './fields.ts'
import type { TrustCrypto } from '../crypto.ts'
import type { Json, JsonObject } from '../json/value.ts'

/** What signed metadata say of other metadata (METAFILES). */
export interface MetaFile {
  readonly version: number
  /** Bytes. */
  readonly length?: number
  /** By algorithm, in hexadecimal digits. */
  readonly hashes?: ReadonlyMap<string, string>
}

/** What targets metadata say of a file. */
export interface TargetFile {
  /** Bytes. */
  readonly length: number
  readonly hashes: ReadonlyMap<string, string>
  readonly custom?: JsonObject
}

function readHashes(value: Json | undefined, where: string): ReadonlyMap<string, string> {
  return readEntries(value, where, (entry, inside) => readText(entry, inside))
}

export function readMetaFile(value: Json, where: string): MetaFile {
  const json = readObject(value, where)
  const length = optional(json.get('length'), `${where}.length`, readCount)
  const hashes = optional(json.get('hashes'), `${where}.hashes`, readHashes)
  return {
    version: readCount(json.get('version'), `${where}.version`, 1),
    ...(length !== undefined && { length }),
    ...(hashes && { hashes }),
  }
}

export function readTargetFile(value: Json, where: string): TargetFile {
  const json = readObject(value, where)
  const custom = optional(json.get('custom'), `${where}.custom`, readObject)
  return {
    length: readCount(json.get('length'), `${where}.length`),
    hashes: readHashes(json.get('hashes'), `${where}.hashes`),
    ...(custom && { custom }),
  }
}

/** The SHA-256 among the hashes, in lower case. Throws TrustError `no-known-hash`. */
export function sha256Of(hashes: ReadonlyMap<string, string>, what: string): string {
  const digest = hashes.get('sha256')?.toLowerCase()
  if (digest === undefined || !/^[0-9a-f]{64}$/.test(digest))
    throw new TrustError('no-known-hash', what, 'expected sha256 with 64 hexadecimal digits')
  return digest
}

/** Throws TrustError `length-mismatch` or `hash-mismatch` unless the bytes are those that the reference means. */
export async function checkBytes(bytes: Uint8Array, what: string, file: MetaFile, crypto: TrustCrypto): Promise<void> {
  checkLength(what, bytes.length, file.length ?? bytes.length)
  if (file.hashes) checkDigest(what, hex(await crypto.sha256(bytes)), sha256Of(file.hashes, what))
}

export function checkLength(what: string, length: number, expected: number): void {
  if (length !== expected) throw new TrustError('length-mismatch', what, `${length} bytes, ${expected} are signed`)
}

export function checkDigest(what: string, digest: string, expected: string): void {
  if (digest !== expected) throw new TrustError('hash-mismatch', what, `SHA-256 ${digest}, ${expected} is signed`)
}
