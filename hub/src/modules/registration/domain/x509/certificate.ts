import { sign, type KeyObject } from 'node:crypto'
import {
  derBits,
  derExplicit,
  derInteger,
  derOctets,
  derOid,
  derSequence,
  derTime,
  derTrue,
  distinguishedName,
  signatureAlgorithm,
} from '@sutler/wire/der'
import type { WallTime } from '../../../../platform/clock.ts'

/** What a certificate is to say (RFC 5280, 4.1). */
export interface CertificatePlan {
  /** 16 bytes: random, so that nobody can foresee what is signed (RFC 5280, 4.1.2.2: at most 20). */
  readonly serial: Uint8Array
  /** Common names. */
  readonly issuer: string
  readonly subject: string
  /** SubjectPublicKeyInfo, DER. */
  readonly key: Uint8Array
  readonly notBefore: WallTime
  readonly notAfter: WallTime
  readonly extensions: readonly Uint8Array[]
}

/** Signs with the P-256 key of the issuer. @returns the certificate, DER */
export function certificate(plan: CertificatePlan, issuerKey: KeyObject): Uint8Array {
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
  const signature = sign('sha256', toBeSigned, issuerKey)
  return derSequence(toBeSigned, signatureAlgorithm('ecdsa'), derBits(signature))
}

/** @param value DER of the extension's own type */
export function extension(oid: string, critical: boolean, value: Uint8Array): Uint8Array {
  return derSequence(derOid(oid), ...(critical ? [derTrue] : []), derOctets(value))
}
