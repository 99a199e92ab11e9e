import { constants, createHash, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import { publicKey } from '../repository/roles.ts'
import type { KeyObject } from 'node:crypto'
import type { Scheme, TrustCrypto } from '../crypto.ts'
import type { Key } from '../metadata/keys.ts'
import type { Signer } from '../repository/signing.ts'

const ed25519Prefix = Buffer.from('302a300506032b6570032100', 'hex')
const keys = new Map<string, KeyObject>()

function keyObject(scheme: Scheme, bytes: Uint8Array): KeyObject {
  const der = scheme === 'ed25519' ? Buffer.concat([ed25519Prefix, bytes]) : Buffer.from(bytes)
  const name = der.toString('base64')
  const known = keys.get(name) ?? createPublicKey({ key: der, format: 'der', type: 'spki' })
  keys.set(name, known)
  return known
}

const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }

/** The package's cryptography on Node. */
export const nodeCrypto: TrustCrypto = {
  verifySignature(scheme, key, bytes, signature) {
    try {
      const object = keyObject(scheme, key)
      if (scheme === 'ed25519') return verify(null, bytes, object, signature)
      return verify('sha256', bytes, scheme === 'rsassa-pss-sha256' ? { key: object, ...pss } : object, signature)
    } catch {
      return false
    }
  },
  sha256: (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest()),
}

/** Somebody with a key pair. */
export interface Holder {
  readonly key: Key
  readonly signer: Signer
}

export async function holder(scheme: Scheme = 'ed25519'): Promise<Holder> {
  const pair = makePair(scheme)
  const pem = pair.publicKey.export({ format: 'pem', type: 'spki' }) as string
  const raw = pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex')
  const key = await publicKey(scheme, scheme === 'ed25519' ? raw : pem, nodeCrypto)
  const options = scheme === 'rsassa-pss-sha256' ? { key: pair.privateKey, ...pss } : pair.privateKey
  return {
    key,
    signer: { keyId: key.id, sign: (bytes) => sign(scheme === 'ed25519' ? null : 'sha256', bytes, options) },
  }
}

function makePair(scheme: Scheme): { publicKey: KeyObject; privateKey: KeyObject } {
  if (scheme === 'ed25519') return generateKeyPairSync('ed25519')
  if (scheme === 'rsassa-pss-sha256') return generateKeyPairSync('rsa', { modulusLength: 2048 })
  return generateKeyPairSync('ec', { namedCurve: 'P-256' })
}

export async function holders(count: number): Promise<readonly Holder[]> {
  return Promise.all(Array.from({ length: count }, () => holder()))
}

export function signersOf(all: readonly Holder[]): readonly Signer[] {
  return all.map(({ signer }) => signer)
}
