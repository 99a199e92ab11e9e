import { distinguishedName, signatureAlgorithm } from './names.ts'
import { derBits, derExplicit, derInteger, derOctets, derOid, derSequence, derTime, derTrue } from './write.ts'

/** What a certificate is to say (RFC 5280, 4.1). */
export interface CertificatePlan {
  /** 16 bytes: random, so that nobody can foresee what is signed (RFC 5280, 4.1.2.2: at most 20). */
  readonly serial: Uint8Array
  /** Common names. */
  readonly issuer: string
  readonly subject: string
  /** SubjectPublicKeyInfo, DER. */
  readonly key: Uint8Array
  /** Milliseconds since the Unix epoch. */
  readonly notBefore: number
  readonly notAfter: number
  readonly extensions: readonly Uint8Array[]
}

/** @param sign with the P-256 key of the issuer (ECDSA with SHA-256), in the DER form. @returns the certificate, DER */
export function certificate(plan: CertificatePlan, sign: (bytes: Uint8Array) => Uint8Array): Uint8Array {
  const { serial, issuer, subject, key, notBefore, notAfter, extensions } = plan
  const toBeSigned = derSequence(
    derExplicit(0, derInteger(new Uint8Array([2]))),
    derInteger(serial),
    signatureAlgorithm('ecdsa'),
    distinguishedName(issuer),
    derSequence(derTime(notBefore), derTime(notAfter)),
    distinguishedName(subject),
    key,
    derExplicit(3, derSequence(...extensions)),
  )
  return derSequence(toBeSigned, signatureAlgorithm('ecdsa'), derBits(sign(toBeSigned)))
}

/** @param value DER of the extension's own type */
export function extension(oid: string, critical: boolean, value: Uint8Array): Uint8Array {
  return derSequence(derOid(oid), ...(critical ? [derTrue] : []), derOctets(value))
}
