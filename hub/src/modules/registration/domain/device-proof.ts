import { hash, timingSafeEqual } from 'node:crypto'
import type { HttpDigest, IdentityProof } from '@sutler/device-model'
import type { IdentityRecord, StoredCredential } from './device-identity.ts'
import { mostPublicKeyText } from './public-key.ts'

export type Open = (credential: StoredCredential) => Buffer

/**
 * The credential by which it is the identity; null when it is none.
 * @param decoy compared with where there is nothing else: how long it takes tells nobody who exists
 */
export function provenBy(
  { identity, credentials }: Pick<IdentityRecord, 'identity' | 'credentials'>,
  proof: IdentityProof,
  open: Open,
  decoy: StoredCredential,
): StoredCredential | null {
  const wanted = kindsFor(proof)
  const candidates = credentials.filter(({ kind }) => wanted.includes(kind))
  const fits = (credential: StoredCredential): boolean => isProof(identity, credential, proof, open)
  if (candidates.length > 0) return candidates.find(fits) ?? null
  fits(decoy)
  return null
}

function kindsFor(proof: IdentityProof): readonly StoredCredential['kind'][] {
  if ('publicKey' in proof) return ['public-key']
  if ('token' in proof) return ['token']
  if ('gatewayToken' in proof) return ['gateway']
  if ('certificate' in proof) return ['certificate']
  if ('preShared' in proof) return ['psk', 'password', 'gateway']
  return ['password', 'gateway']
}

function isProof(identity: string, stored: StoredCredential, proof: IdentityProof, open: Open): boolean {
  if ('publicKey' in proof) return isDigest(stored, keyDigest(proof.publicKey))
  if ('token' in proof) return isDigest(stored, hash('sha256', proof.token, 'buffer'))
  if ('gatewayToken' in proof) return isDigest(stored, hash('sha256', proof.gatewayToken, 'buffer'))
  if ('certificate' in proof) {
    const bySubject = proof.subject !== undefined && stored.subject !== null && proof.subject === stored.subject
    return isDigest(stored, Buffer.from(proof.certificate, 'hex')) || bySubject
  }
  if (stored.sealed === null) return false
  const username = stored.username ?? identity
  if ('preShared' in proof) return isText(username, proof.preShared)
  const secret = open(stored).toString()
  if ('digest' in proof) {
    // `auth-int` covers the body, which nobody has here.
    const named = isText(username, proof.digest.username) && (proof.digest.qop ?? 'auth') === 'auth'
    return isText(digestResponse(proof.digest, secret), proof.digest.response.toLowerCase()) && named
  }
  const named = isText(username, proof.username ?? username)
  return isText(secret, proof.password) && named
}

const publicKeyText = /^\s*-----BEGIN PUBLIC KEY-----([\w+/=\s]+)-----END PUBLIC KEY-----\s*$/

/**
 * SHA-256 of the SubjectPublicKeyInfo: one key has one, however its text is broken into lines. The key is not read: the protocol has
 * verified by it, what is compared with was read when it was given, and a device that polls shows its key each time.
 */
function keyDigest(pem: string): Buffer {
  const text = pem.length <= mostPublicKeyText ? publicKeyText.exec(pem)?.[1] : undefined
  return text === undefined ? Buffer.alloc(0) : hash('sha256', Buffer.from(text, 'base64'), 'buffer')
}

function isDigest({ digest }: StoredCredential, shown: Buffer): boolean {
  return digest !== null && shown.length === digest.length && timingSafeEqual(digest, shown)
}

/** Digests have one length, whatever is compared. */
function isText(one: string, other: string): boolean {
  return timingSafeEqual(hash('sha256', one, 'buffer'), hash('sha256', other, 'buffer'))
}

/** RFC 7616, 3.4.1; without `qop` RFC 2069's: what whoever knows the password answers, in lower-case hexadecimal. */
export function digestResponse(answer: Omit<HttpDigest, 'response'>, password: string): string {
  const { username, realm, nonce, uri, method, algorithm, qop, nc = '', cnonce = '' } = answer
  const name = algorithm === 'SHA-256' ? 'sha256' : 'md5'
  const digest = (text: string): string => hash(name, text, 'hex')
  const a1 = digest(`${username}:${realm}:${password}`)
  const a2 = digest(`${method}:${uri}`)
  return digest(qop === undefined ? `${a1}:${nonce}:${a2}` : `${a1}:${nonce}:${nc}:${cnonce}:${qop}:${a2}`)
}
