import { sha256 } from '@noble/hashes/sha2.js'
import { webTrustCrypto } from '@sutler/trust/web/verify'
import { AgentError } from '../../core/errors.ts'
import type { Crypto, KeyPair } from '../../core/platform.ts'
import type { DeviceDatabase } from './database.ts'

/** Web Crypto, and a library for what it does not do: a digest of what comes piece by piece. */
export function browserCrypto(database: DeviceDatabase): Crypto {
  return {
    sha256() {
      const hash = sha256.create()
      return { update: (bytes) => void hash.update(bytes), digest: () => hex(hash.digest()) }
    },
    randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
    verifySignature: webTrustCrypto.verifySignature,
    generateKey: () => generateKey(database),
    async sign(privateKey, bytes) {
      const name = new TextDecoder().decode(privateKey)
      const pair = (await database.get('keys', name)) as CryptoKeyPair | undefined
      if (pair === undefined)
        throw new AgentError(
          'not-enrolled',
          "the browser has lost the device's key: erase this device, then enrol anew",
        )
      return new Uint8Array(await crypto.subtle.sign('Ed25519', pair.privateKey, bytes.slice()))
    },
  }
}

/** The private key cannot be taken out of the browser, not even by this page: only its name is handed on. */
async function generateKey(database: DeviceDatabase): Promise<KeyPair> {
  const name = `key-${crypto.randomUUID()}`
  const pair = await newPair()
  await database.change('keys', new Map([[name, pair]]), 'strict')
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))
  return { publicKey, privateKey: new TextEncoder().encode(name) }
}

async function newPair(): Promise<CryptoKeyPair> {
  try {
    return (await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])) as CryptoKeyPair
  } catch (error) {
    throw new AgentError(
      'bad-argument',
      'this browser has no Ed25519: use a newer one (Chromium 137, Firefox 129, Safari 17)',
      error,
    )
  }
}

function hex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0')
  return text
}
