import { fromHex, fromPem, hex } from '../bytes.ts'
import { TrustError } from '../errors.ts'
import { canonicalBytes } from '../json/canonical.ts'
import { jsonObject } from '../json/value.ts'
import { limits } from '../limits.ts'
import { readEntries, readObject, readText } from './fields.ts'
import type { Scheme, TrustCrypto } from '../crypto.ts'
import type { Json, JsonObject } from '../json/value.ts'

/** A public key as metadata hold it. */
export interface Key {
  readonly id: string
  readonly keytype: string
  readonly scheme: string
  /** The `public` of its `keyval`. */
  readonly text: string
  /** All of it, with fields that this package does not know. */
  readonly json: JsonObject
}

export type Keys = ReadonlyMap<string, Key>

export function readKeys(value: Json | undefined, where: string): Keys {
  return readEntries(value, where, readKey)
}

function readKey(value: Json, where: string, id: string): Key {
  const json = readObject(value, where)
  return {
    id,
    keytype: readText(json.get('keytype'), `${where}.keytype`),
    scheme: readText(json.get('scheme'), `${where}.scheme`),
    text: readText(
      readObject(json.get('keyval'), `${where}.keyval`).get('public'),
      `${where}.keyval.public`,
      limits.keyText,
    ),
    json,
  }
}

/** The key id of section 4.2: SHA-256 of the canonical form of the key's three fields. */
export async function keyId(keytype: string, scheme: string, text: string, crypto: TrustCrypto): Promise<string> {
  const keyval = jsonObject({ public: text })
  return hex(await crypto.sha256(canonicalBytes(jsonObject({ keytype, scheme, keyval }))))
}

/**
 * Section 4.3, KEYID: a client must calculate each. Fields beside the three may be part of what was hashed or not: repositories do
 * both. Throws TrustError `key-id-mismatch`.
 */
export async function checkKeyIds(keys: Keys, what: string, crypto: TrustCrypto): Promise<void> {
  for (const key of keys.values()) {
    if (key.id === (await keyId(key.keytype, key.scheme, key.text, crypto))) continue
    if (key.id === hex(await crypto.sha256(canonicalBytes(key.json)))) continue
    throw new TrustError('key-id-mismatch', what, `the key id ${key.id.slice(0, 100)} is not the SHA-256 of its key`)
  }
}

/** What a key verifies with. */
export interface KeyMaterial {
  readonly scheme: Scheme
  readonly bytes: Uint8Array
}

/** SubjectPublicKeyInfo of an uncompressed P-256 point. Compressed, the same key would have a second form and could count twice. */
const p256Bytes = 91
/** SubjectPublicKeyInfo of RSA with 2048 bits, the least that section 4.2 allows; a leading zero may be spared. */
const leastRsaBytes = 290

/** What the key verifies with; null for a key that never counts. */
export function keyMaterial({ keytype, scheme, text }: Key): KeyMaterial | null {
  if (scheme === 'ed25519' && keytype === scheme) return ofLength(scheme, fromHex(text), 32, 32)
  if (scheme === 'ecdsa-sha2-nistp256' && (keytype === scheme || keytype === 'ecdsa'))
    return ofLength(scheme, fromPem(text, 'PUBLIC KEY'), p256Bytes, p256Bytes)
  if (scheme === 'rsassa-pss-sha256' && keytype === 'rsa')
    return ofLength(scheme, fromPem(text, 'PUBLIC KEY'), leastRsaBytes, limits.keyText)
  return null
}

function ofLength(scheme: Scheme, bytes: Uint8Array | null, least: number, most: number): KeyMaterial | null {
  return bytes === null || bytes.length < least || bytes.length > most ? null : { scheme, bytes }
}
