import { extension } from './certificate.ts'
import { derBits, derInteger, derOctets, derOid, derSequence, derTrue, derValue } from './write.ts'

/** Extensions by the kind of certificate (RFC 5280, 4.2.1). */

/** The keys of whom a certificate is for and of who signs it: SHA-256 over their SubjectPublicKeyInfo (DER). */
export interface KeyDigests {
  readonly own: Uint8Array
  readonly issuer: Uint8Array
}

const oid = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
} as const

/** Extended key usage of claim certificates: enrolment and nothing else. A UUID-based identifier of our own (X.667). */
export const enrolmentUse = '2.25.147095841326054172361905813'

/** An authority; @param below how many authorities may follow it on the way to a leaf */
export function authorityExtensions(keys: KeyDigests, below: number): Uint8Array[] {
  return [
    extension(oid.basicConstraints, true, derSequence(derTrue, derInteger(new Uint8Array([below])))),
    // keyCertSign and cRLSign
    extension(oid.keyUsage, true, derBits(new Uint8Array([0x06]), 1)),
    ...identifiers(keys),
  ]
}

/** A hub. @param hosts names and addresses under which it is reached */
export function serverExtensions(keys: KeyDigests, hosts: readonly string[]): Uint8Array[] {
  return [...leaf(keys, oid.serverAuth), extension(oid.subjectAltName, false, derSequence(...hosts.map(altName)))]
}

export function deviceExtensions(keys: KeyDigests): Uint8Array[] {
  return leaf(keys, oid.clientAuth)
}

/** What factories get. TLS asks for clientAuth; the identifier of our own is what tells it from a device's. */
export function claimExtensions(keys: KeyDigests): Uint8Array[] {
  return leaf(keys, oid.clientAuth, enrolmentUse)
}

function leaf(keys: KeyDigests, ...uses: readonly string[]): Uint8Array[] {
  return [
    extension(oid.basicConstraints, true, derSequence()),
    // digitalSignature
    extension(oid.keyUsage, true, derBits(new Uint8Array([0x80]), 7)),
    extension(oid.extendedKeyUsage, false, derSequence(...uses.map(derOid))),
    ...identifiers(keys),
  ]
}

/** RFC 7093, 2: the first 160 bits of a SHA-256, here over the whole SubjectPublicKeyInfo. */
function identifiers({ own, issuer }: KeyDigests): Uint8Array[] {
  return [
    extension(oid.subjectKeyIdentifier, false, derOctets(own.subarray(0, 20))),
    extension(oid.authorityKeyIdentifier, false, derSequence(derValue(0x80, issuer.subarray(0, 20)))),
  ]
}

/** GeneralName: dNSName [2] or iPAddress [7]. */
function altName(host: string): Uint8Array {
  if (host.includes(':')) return derValue(0x87, ipv6(host))
  if (/^\d+(\.\d+){3}$/.test(host)) return derValue(0x87, new Uint8Array(host.split('.').map(Number)))
  return derValue(0x82, new TextEncoder().encode(host))
}

function ipv6(host: string): Uint8Array {
  const [head = '', tail = ''] = host.split('%')[0]!.split('::')
  const groups = (text: string): number[] =>
    text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16))
  const [before, after] = [groups(head), groups(tail)]
  const all = [...before, ...Array.from({ length: 8 - before.length - after.length }, () => 0), ...after]
  return new Uint8Array(all.flatMap((group) => [group >> 8, group & 0xff]))
}
