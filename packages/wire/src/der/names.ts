import { derOid, derSequence, derSet, derText } from './write.ts'

/** Object identifiers by what they name. */
export const oids = {
  commonName: '2.5.4.3',
  ed25519: '1.3.101.112',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
} as const

export type SignatureKind = 'ed25519' | 'ecdsa'

/** AlgorithmIdentifier of a signature (RFC 8410, 3; RFC 5758, 3.2). */
export function signatureAlgorithm(kind: SignatureKind): Uint8Array {
  return derSequence(derOid(kind === 'ed25519' ? oids.ed25519 : oids.ecdsaWithSha256))
}

/** A Name with a common name only; '' = the empty Name (RFC 5280, 4.1.2.4). */
export function distinguishedName(commonName: string): Uint8Array {
  return commonName === ''
    ? derSequence()
    : derSequence(derSet(derSequence(derOid(oids.commonName), derText(commonName))))
}
