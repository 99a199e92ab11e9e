import { verify, type KeyObject } from 'node:crypto'

/**
 * Whether `signature` (64 bytes, base64url) is that of `key` over the UTF-8 bytes of `statement`: Ed25519, or ECDSA over
 * P-256 with SHA-256, r and s one after the other (IEEE P1363).
 */
export function signed(key: KeyObject, statement: string, signature: string): boolean {
  if (!/^[A-Za-z0-9_-]{86}$/.test(signature)) return false
  const bytes = Buffer.from(signature, 'base64url')
  const text = Buffer.from(statement, 'utf8')
  if (key.asymmetricKeyType === 'ed25519') return verify(null, text, key, bytes)
  return verify('sha256', text, { key, dsaEncoding: 'ieee-p1363' }, bytes)
}
