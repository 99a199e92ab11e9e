import { createPublicKey, verify, type KeyObject } from 'node:crypto'

/**
 * An Ed25519 public key (RFC 8032) from its 32 raw bytes in base64url, or null when these are no key.
 */
export function deviceKey(raw: string): KeyObject | null {
  // One key has one text: the two spare bits of the last character must be zero.
  if (!/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/.test(raw)) return null
  try {
    return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw }, format: 'jwk' })
  } catch {
    return null
  }
}

/** Whether `signature` (64 bytes, base64url) is that of `key` over the UTF-8 bytes of `statement`. */
export function signed(key: KeyObject, statement: string, signature: string): boolean {
  if (!/^[A-Za-z0-9_-]{86}$/.test(signature)) return false
  return verify(null, Buffer.from(statement, 'utf8'), key, Buffer.from(signature, 'base64url'))
}
