import { createPublicKey, type KeyObject } from 'node:crypto'

/** Characters of a public key in PEM: RSA of 8192 bits has about 1,500. */
export const mostPublicKeyText = 4096

/** A key that a foreign device signs with, from PEM: RSA from 2048 bits, P-256, P-384 or Ed25519; null for all else. */
export function foreignPublicKey(pem: string): KeyObject | null {
  if (pem.length > mostPublicKeyText || !pem.includes('PUBLIC KEY-----')) return null
  try {
    const key = createPublicKey({ key: pem, format: 'pem' })
    const { modulusLength = 0, namedCurve = '' } = key.asymmetricKeyDetails ?? {}
    if (key.asymmetricKeyType === 'ed25519') return key
    if (key.asymmetricKeyType === 'rsa') return modulusLength >= 2048 && modulusLength <= 8192 ? key : null
    return key.asymmetricKeyType === 'ec' && ['prime256v1', 'secp384r1'].includes(namedCurve) ? key : null
  } catch {
    // OpenSSL cannot read it.
    return null
  }
}
