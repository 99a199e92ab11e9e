import { constants, createHash, createPublicKey, verify, type KeyObject } from 'node:crypto'
import type { Scheme, TrustCrypto } from '../src/client.ts'

/** DER before the 32 bytes of an Ed25519 public key (RFC 8410). */
const ed25519Prefix = Buffer.from('302a300506032b6570032100', 'hex')
const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }

/** The package's cryptography on Node. */
export const nodeTrustCrypto: TrustCrypto = {
  verifySignature(scheme, key, bytes, signature) {
    try {
      const object = keyObject(scheme, key)
      if (scheme === 'ed25519') return verify(null, bytes, object, signature)
      return verify('sha256', bytes, scheme === 'rsassa-pss-sha256' ? { key: object, ...pss } : object, signature)
    } catch {
      // A key or a signature that is none: it does not hold.
      return false
    }
  },
  sha256: (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest()),
}

function keyObject(scheme: Scheme, bytes: Uint8Array): KeyObject {
  const der = scheme === 'ed25519' ? Buffer.concat([ed25519Prefix, bytes]) : Buffer.from(bytes)
  return createPublicKey({ key: der, format: 'der', type: 'spki' })
}
