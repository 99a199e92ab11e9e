import { keyId, keyMaterial } from '../metadata/keys.ts'
import { jsonObject } from '../json/value.ts'
import { refuse } from './signing.ts'
import type { Scheme, TrustCrypto } from '../crypto.ts'
import type { Json, JsonObject } from '../json/value.ts'
import type { Key, Keys } from '../metadata/keys.ts'

/** The keys of a role and how many of them must sign. */
export interface RoleKeys {
  readonly keys: readonly Key[]
  readonly threshold: number
}

const keytypes: Readonly<Record<Scheme, string>> = {
  ed25519: 'ed25519',
  // The key type that python-tuf and tuf-js write; both also read the scheme's name.
  'ecdsa-sha2-nistp256': 'ecdsa',
  'rsassa-pss-sha256': 'rsa',
}

/**
 * A public key as metadata hold it, with its id.
 * @param text Ed25519: 64 hexadecimal digits; others: PEM
 * Throws TrustError `bad-change` for a text that is no such key.
 */
export async function publicKey(scheme: Scheme, text: string, crypto: TrustCrypto): Promise<Key> {
  const keytype = keytypes[scheme]
  const id = await keyId(keytype, scheme, text, crypto)
  const key = { id, keytype, scheme, text, json: jsonObject({ keytype, scheme, keyval: jsonObject({ public: text }) }) }
  if (!keyMaterial(key)) refuse('key', `the text is no public key for ${scheme}`)
  return key
}

/** A role in JSON. Throws TrustError `bad-change` when the role could never be signed. */
export function roleFields(what: string, { keys, threshold }: RoleKeys): Readonly<Record<string, Json>> {
  const ids = keys.map((key) => key.id)
  if (new Set(ids).size !== ids.length) refuse(what, 'a key is there twice')
  if (threshold < 1 || threshold > ids.length) refuse(what, `a threshold of ${threshold} with ${ids.length} keys`)
  return { keyids: ids, threshold }
}

/** The keys in JSON, by id. */
export function keysObject(keys: Iterable<Key>): JsonObject {
  return new Map([...keys].map((key) => [key.id, key.json]))
}

/** Of these keys, those with one of the ids. */
export function keysOf(keys: Keys, ids: Iterable<string>): Key[] {
  return [...new Set(ids)].map((id) => keys.get(id) ?? refuse('key', `there is no key ${id}`))
}
