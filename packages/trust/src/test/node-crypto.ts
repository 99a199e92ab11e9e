import { constants, generateKeyPairSync, sign } from 'node:crypto'
import { nodeTrustCrypto } from '../../node/verify.ts'
import { publicKey } from '../repository/roles.ts'
import type { KeyObject } from 'node:crypto'
import type { Scheme } from '../crypto.ts'
import type { Key } from '../metadata/keys.ts'
import type { Signer } from '../repository/signing.ts'

const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }

/** The package's cryptography on Node. */
export { nodeTrustCrypto as nodeCrypto }

/** Somebody with a key pair. */
export interface Holder {
  readonly key: Key
  readonly signer: Signer
}

export async function holder(scheme: Scheme = 'ed25519'): Promise<Holder> {
  const pair = makePair(scheme)
  const pem = pair.publicKey.export({ format: 'pem', type: 'spki' }) as string
  const raw = pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex')
  const key = await publicKey(scheme, scheme === 'ed25519' ? raw : pem, nodeTrustCrypto)
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
