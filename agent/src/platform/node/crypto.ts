import { createHash, createPrivateKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { nodeTrustCrypto } from '@sutler/trust/node/verify'
import type { Crypto } from '../../core/platform.ts'

/** Bytes before the 32 of the key itself in the DER form of an Ed25519 public key (RFC 8410). */
const publicKeyPrefix = 12

export const nodeCrypto: Crypto = {
  sha256() {
    const hash = createHash('sha256')
    return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest('hex') }
  },
  verifySignature: nodeTrustCrypto.verifySignature,
  randomBytes: (length) => randomBytes(length),
  generateKey() {
    const pair = generateKeyPairSync('ed25519')
    return {
      publicKey: pair.publicKey.export({ type: 'spki', format: 'der' }).subarray(publicKeyPrefix),
      privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'der' }),
    }
  },
  sign(privateKey, bytes) {
    const key = createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' })
    return sign(null, bytes, key)
  },
}
