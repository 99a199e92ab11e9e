import { createPublicKey, verify, type KeyObject } from 'node:crypto'
import { DerError, derChildren, distinguishedName, fromPem, readDer } from '@sutler/wire/der'

/** A certification request (RFC 2986) that asks for no more than a certificate for its key. */
export interface KeyRequest {
  /** SubjectPublicKeyInfo, DER. */
  readonly key: Uint8Array
  readonly keyObject: KeyObject
  /** The subject's encoding; to be compared with the one that is due. */
  readonly subject: Uint8Array
}

/** Bytes of a request's PEM text: one with a P-256 key has about 400. */
export const mostRequestText = 2048

/**
 * Reads a request: Ed25519 or P-256, signed with its own key, which proves that the sender holds it, and without
 * attributes, so without extensions that somebody else's name could hide in. Null for everything else.
 */
export function readKeyRequest(pem: string): KeyRequest | null {
  const [bytes, ...more] = pem.length > mostRequestText ? [] : fromPem('(?:NEW )?CERTIFICATE REQUEST', pem)
  if (bytes === undefined || more.length > 0) return null
  try {
    const [info, , signature] = derChildren(readDer(bytes), 3)
    const [version, subject, key, attributes, ...rest] = derChildren(info!, 4)
    if (version?.content.length !== 1 || version.content[0] !== 0 || subject?.tag !== 0x30 || key?.tag !== 0x30)
      return null
    if (rest.length > 0 || (attributes !== undefined && attributes.content.length > 0)) return null
    if (signature?.tag !== 0x03 || signature.content[0] !== 0) return null
    const keyObject = deviceKey(key.whole)
    if (keyObject === null) return null
    const own = verify(digestOf(keyObject), info!.whole, keyObject, signature.content.subarray(1))
    return own ? { key: key.whole, keyObject, subject: subject.whole } : null
  } catch (error) {
    if (error instanceof DerError) return null
    throw error
  }
}

/** Whether the request's subject is empty or this common name and nothing else. */
export function requestsName({ subject }: KeyRequest, commonName: string): boolean {
  const given = Buffer.from(subject)
  return ['', commonName].some((name) => given.equals(distinguishedName(name)) || given.equals(printable(name)))
}

/** A public key of a device from its SubjectPublicKeyInfo: Ed25519 or P-256; null for others. */
export function deviceKey(info: Uint8Array): KeyObject | null {
  try {
    const key = createPublicKey({ key: Buffer.from(info), format: 'der', type: 'spki' })
    // One key has one text: what is written otherwise than the library writes it is refused.
    if (!key.export({ format: 'der', type: 'spki' }).equals(info)) return null
    if (key.asymmetricKeyType === 'ed25519') return key
    return key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1' ? key : null
  } catch {
    // OpenSSL cannot read it.
    return null
  }
}

/** For `verify`: Ed25519 has its digest built in. */
export function digestOf(key: KeyObject): 'sha256' | null {
  return key.asymmetricKeyType === 'ed25519' ? null : 'sha256'
}

/** The same name as a PrintableString, which some tools write. */
function printable(commonName: string): Uint8Array {
  const name = distinguishedName(commonName).slice()
  if (commonName !== '') name[name.length - commonName.length - 2] = 0x13
  return name
}
