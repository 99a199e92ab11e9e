import { derChildren, readDer } from './read.ts'
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

/** The subject's common name, where that is all of the subject; else null. @param certificate DER (RFC 5280, 4.1) */
export function certificateName(certificate: Uint8Array): string | null {
  try {
    const [toBeSigned] = derChildren(readDer(certificate), 3)
    const [, , , , , subject] = derChildren(toBeSigned!)
    const [set, ...more] = derChildren(subject!)
    const [, text] = derChildren(derChildren(set!, 1)[0]!, 2)
    if (more.length > 0) return null
    const name = new TextDecoder().decode(text!.content)
    return sameBytes(subject!.whole, distinguishedName(name)) ? name : null
  } catch {
    // Whatever it is, it names nobody.
    return null
  }
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at])
}

/** A Name with a common name only; '' = the empty Name (RFC 5280, 4.1.2.4). */
export function distinguishedName(commonName: string): Uint8Array {
  return commonName === ''
    ? derSequence()
    : derSequence(derSet(derSequence(derOid(oids.commonName), derText(commonName))))
}
