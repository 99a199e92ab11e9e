import { hex } from '../bytes.ts'
import { TrustError } from '../errors.ts'
import { canonicalBytes, jsonBytes } from '../json/canonical.ts'
import { jsonObject, withFields } from '../json/value.ts'
import { parseJson } from '../json/parse.ts'
import { readEnvelope, signersOf } from '../metadata/envelope.ts'
import { readObject } from '../metadata/fields.ts'
import type { TrustCrypto } from '../crypto.ts'
import type { JsonObject } from '../json/value.ts'
import type { Authority } from '../metadata/envelope.ts'

/** Whoever holds a private key: a file, a process of its own, hardware. */
export interface Signer {
  readonly keyId: string
  sign(bytes: Uint8Array): Uint8Array | Promise<Uint8Array>
}

/** The file of a signed part that nobody has signed yet. */
export function unsignedFile(signed: JsonObject): Uint8Array {
  return jsonBytes(jsonObject({ signatures: [], signed }))
}

/** What a signer signs of a file. */
export function bytesToSign(file: Uint8Array): Uint8Array {
  return canonicalBytes(readEnvelope(file, 'file', Infinity).signed)
}

/** The file with this key's signature, in place of one that it had; the others stay. Holders of a threshold sign one after the other. */
export async function addSignature(file: Uint8Array, signer: Signer): Promise<Uint8Array> {
  const { signatures, signed } = readEnvelope(file, 'file', Infinity)
  const all = new Map(signatures).set(signer.keyId, hex(await signer.sign(canonicalBytes(signed))))
  const list = [...all].map(([keyid, sig]) => jsonObject({ keyid, sig }))
  return jsonBytes(withFields(readObject(parseJson(file, 'file', Infinity), 'file'), { signatures: list }))
}

/** The file of a signed part, with a signature of each. */
export async function signFile(signed: JsonObject, signers: readonly Signer[]): Promise<Uint8Array> {
  let file = unsignedFile(signed)
  for (const signer of signers) file = await addSignature(file, signer)
  return file
}

/** How far the signing of a file has come: whose signatures hold, and how many the role asks for. */
export async function signatureState(
  file: Uint8Array,
  authority: Authority,
  crypto: TrustCrypto,
): Promise<{ readonly signed: readonly string[]; readonly needed: number }> {
  const signed = await signersOf(readEnvelope(file, 'file', Infinity), authority, crypto)
  return { signed: [...signed], needed: authority.role.threshold }
}

/** Throws TrustError `bad-change`. */
export function refuse(what: string, detail: string): never {
  throw new TrustError('bad-change', what, detail)
}
