import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, type KeyObject } from 'node:crypto'
import { OutsideError, errorCode } from './errors.ts'

export const sealBroken = errorCode(
  'seal-broken',
  503,
  'A stored secret cannot be opened',
  'Give the hub the sealing key that the database was sealed with (SUTLER_SEALING_KEY_FILE); without it, make the secret anew.',
)

/** Secrets at rest: a copy of the database opens nothing, since the key is not in it. */
export interface Sealing {
  /** `purpose` says what it is and whose, for example `webhook whk-1`: only the same purpose opens it. */
  seal(purpose: string, plain: Buffer): Buffer
  /** @throws OutsideError `seal-broken` when the key or the purpose is another, or a bit was changed */
  open(purpose: string, sealed: Buffer): Buffer
  /** 32 bytes of a key for this purpose alone, the same at every hub that has the sealing key. */
  derive(purpose: string): Uint8Array<ArrayBuffer>
}

/** First byte: how the rest is to be read. */
const format = 1
const nonceBytes = 12
const tagBytes = 16

/** AES-256-GCM (NIST SP 800-38D) with a random nonce: format, nonce, tag, ciphertext; the purpose is the associated data. */
export function createSealing(key: KeyObject): Sealing {
  const secret = Buffer.from(hkdfSync('sha256', key, '', 'sutler sealing', 32))
  return {
    derive: (purpose) => new Uint8Array(hkdfSync('sha256', key, '', `sutler key for ${purpose}`, 32)),
    seal(purpose, plain) {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', secret, nonce, { authTagLength: tagBytes })
      cipher.setAAD(Buffer.from(purpose))
      const text = Buffer.concat([cipher.update(plain), cipher.final()])
      return Buffer.concat([Buffer.of(format), nonce, cipher.getAuthTag(), text])
    },
    open(purpose, sealed) {
      const bytes = Buffer.from(sealed)
      const start = 1 + nonceBytes
      if (bytes[0] !== format || bytes.length < start + tagBytes) throw broken()
      try {
        const nonce = bytes.subarray(1, start)
        const decipher = createDecipheriv('aes-256-gcm', secret, nonce, { authTagLength: tagBytes })
        decipher.setAAD(Buffer.from(purpose))
        decipher.setAuthTag(bytes.subarray(start, start + tagBytes))
        return Buffer.concat([decipher.update(bytes.subarray(start + tagBytes)), decipher.final()])
      } catch {
        throw broken()
      }
    },
  }
}

function broken(): OutsideError {
  return new OutsideError(sealBroken, 'The key is another one, or what was stored has been changed.')
}
