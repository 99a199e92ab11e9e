import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { publicKey, type Key, type Scheme, type Signer } from '../src/index.ts'
import { nodeTrustCrypto } from './verify.ts'

/** What keys may be made; RSA is only read. */
export const keyTypes = ['ed25519', 'p256'] as const
export type KeyType = (typeof keyTypes)[number]

/** Somebody who can sign. */
export interface KeyPair {
  readonly type: KeyType
  readonly key: Key
  readonly signer: Signer
  /** PKCS #8 in DER. */
  readonly privateKey: Buffer
}

const schemeOf: Readonly<Record<KeyType, Scheme>> = { ed25519: 'ed25519', p256: 'ecdsa-sha2-nistp256' }

export function generateKeyPair(type: KeyType): Promise<KeyPair> {
  const { privateKey } =
    type === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return keyPair(type, privateKey.export({ type: 'pkcs8', format: 'der' }))
}

/** The pair of a stored private key. @throws Error when it is none of that type */
export async function keyPair(type: KeyType, privateKey: Buffer): Promise<KeyPair> {
  const object = createPrivateKey({ key: privateKey, format: 'der', type: 'pkcs8' })
  const wanted = type === 'ed25519' ? 'ed25519' : 'ec'
  if (object.asymmetricKeyType !== wanted) throw new TypeError(`the key is of type ${object.asymmetricKeyType}`)
  const key = await publicKey(schemeOf[type], publicText(type, object), nodeTrustCrypto)
  return { type, key, signer: signerOf(type, key.id, object), privateKey }
}

function publicText(type: KeyType, privateKey: KeyObject): string {
  const object = createPublicKey(privateKey)
  if (type === 'p256') return object.export({ type: 'spki', format: 'pem' }) as string
  return object.export({ type: 'spki', format: 'der' }).subarray(-32).toString('hex')
}

function signerOf(type: KeyType, keyId: string, privateKey: KeyObject): Signer {
  return { keyId, sign: (bytes) => sign(type === 'ed25519' ? null : 'sha256', bytes, privateKey) }
}
