import { fromHex, hex } from '../bytes.ts'
import { TrustError } from '../errors.ts'
import { canonicalBytes } from '../json/canonical.ts'
import { parseJson } from '../json/parse.ts'
import { limits } from '../limits.ts'
import { readCount, readList, readObject, readSet, readText, readTime } from './fields.ts'
import { keyMaterial } from './keys.ts'
import type { TrustCrypto } from '../crypto.ts'
import type { Json, JsonObject } from '../json/value.ts'
import type { Keys } from './keys.ts'

/** Signed metadata before anyone has looked at the signatures (section 4.2). */
export interface Envelope {
  /** Names it in errors: the role. */
  readonly what: string
  /** The whole signed part, with fields that this package does not know. */
  readonly signed: JsonObject
  /** By key id. */
  readonly signatures: ReadonlyMap<string, string>
}

/** Which keys speak for a role, and how many of them must. */
export interface Role {
  readonly keyids: readonly string[]
  readonly threshold: number
}

/** A role with the keys of the metadata that name it. */
export interface Authority {
  readonly keys: Keys
  readonly role: Role
}

/** What all metadata have. */
export interface Common {
  readonly version: number
  /** Seconds since the Unix epoch. */
  readonly expires: number
}

export function readRole(json: JsonObject, where: string): Role {
  return {
    keyids: readSet(json.get('keyids'), `${where}.keyids`, limits.keysPerRole),
    threshold: readCount(json.get('threshold'), `${where}.threshold`, 1),
  }
}

/**
 * Reads the form of a file, and nothing of its signed part.
 * @param what the role, for errors
 * Throws TrustError.
 */
export function readEnvelope(bytes: Uint8Array, what: string, mostBytes: number): Envelope {
  const whole = readObject(parseJson(bytes, what, mostBytes), what)
  const signatures = new Map<string, string>()
  for (const { id, text } of readList(
    whole.get('signatures'),
    `${what}: signatures`,
    readSignature,
    limits.signatures,
  )) {
    // 4.2: the keyid must be unique in the signatures, also where the threshold is met.
    if (signatures.has(id)) throw new TrustError('duplicate', `${what}: signatures`, `two of the key ${id}`)
    signatures.set(id, text)
  }
  return { what, signed: readObject(whole.get('signed'), `${what}: signed`), signatures }
}

function readSignature(value: Json | undefined, where: string): { readonly id: string; readonly text: string } {
  const json = readObject(value, where)
  const text = json.get('sig')
  // Any text: one that is no signature does not count, and does no harm to those that do.
  if (typeof text !== 'string' || text.length > limits.keyText)
    throw new TrustError('bad-field', `${where}.sig`, `expected a text of at most ${limits.keyText} characters`)
  return { id: readText(json.get('keyid'), `${where}.keyid`), text }
}

/** Reads what all metadata have, and that they are of this type. */
export function readCommon({ what, signed }: Envelope, type: string): Common {
  const found = signed.get('_type')
  if (found !== type)
    throw new TrustError('wrong-type', what, `expected "${type}", the metadata say ${JSON.stringify(found ?? null)}`)
  const version = readText(signed.get('spec_version'), `${what}: spec_version`)
  if (!/^1(\.\d{1,9}){1,2}$/.test(version))
    throw new TrustError('unsupported-version', what, `spec_version ${JSON.stringify(version)}, expected 1.x.y`)
  return {
    version: readCount(signed.get('version'), `${what}: version`, 1),
    expires: readTime(signed.get('expires'), `${what}: expires`),
  }
}

/** The ids of those keys of the role whose signature holds, each key counted once whatever its ids. */
export async function signersOf(
  envelope: Envelope,
  { keys, role }: Authority,
  crypto: TrustCrypto,
): Promise<ReadonlySet<string>> {
  const bytes = canonicalBytes(envelope.signed)
  const counted = new Map<string, string>()
  for (const id of role.keyids) {
    const key = keys.get(id)
    const material = key && keyMaterial(key)
    const signature = fromHex(envelope.signatures.get(id) ?? '')
    if (!material || !signature || signature.length === 0) continue
    const same = `${material.scheme} ${hex(material.bytes)}`
    if (counted.has(same)) continue
    if (await crypto.verifySignature(material.scheme, material.bytes, bytes, signature)) counted.set(same, id)
  }
  return new Set(counted.values())
}

/** Throws TrustError `below-threshold` unless enough distinct keys of the role have signed. */
export async function checkSigned(envelope: Envelope, authority: Authority, crypto: TrustCrypto): Promise<void> {
  const { size } = await signersOf(envelope, authority, crypto)
  if (size < authority.role.threshold)
    throw new TrustError(
      'below-threshold',
      envelope.what,
      `signed by ${size} of the keys of the role, ${authority.role.threshold} are needed`,
    )
}

/** Throws TrustError `expired` when the metadata's time is not after `now` (seconds since the Unix epoch). */
export function checkFresh(what: string, { expires }: Common, now: number): void {
  if (expires <= now) throw new TrustError('expired', what, `it expired ${now - expires} s ago`)
}
