import { distinguishedName, signatureAlgorithm, type SignatureKind } from './names.ts'
import { derBits, derExplicit, derInteger, derSequence } from './write.ts'

/**
 * What a certification request says and what its signature is over (RFC 2986, 4.1): a subject and a key, nothing else.
 * @param key SubjectPublicKeyInfo, DER
 */
export function requestInfo(commonName: string, key: Uint8Array): Uint8Array {
  return derSequence(derInteger(new Uint8Array([0])), distinguishedName(commonName), key, derExplicit(0))
}

/** The signed request. @param signature of Ed25519: 64 bytes; of ECDSA: the DER form */
export function certificationRequest(info: Uint8Array, kind: SignatureKind, signature: Uint8Array): Uint8Array {
  return derSequence(info, signatureAlgorithm(kind), derBits(signature))
}

/** SubjectPublicKeyInfo of a raw Ed25519 key, 32 bytes (RFC 8410, 4). */
export function ed25519KeyInfo(raw: Uint8Array): Uint8Array {
  return derSequence(signatureAlgorithm('ed25519'), derBits(raw))
}
