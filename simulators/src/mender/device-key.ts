import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto'

/** What the client can be set up to use: `rsa` is what it makes by itself. */
export type MenderKeyType = 'rsa' | 'ecdsa' | 'ed25519'

export interface MenderKey {
  /** PEM. */
  readonly public: string
  /** X-MEN-Signature: base64 of the signature of the body. */
  sign(body: string): string
}

export function menderKey(type: MenderKeyType): MenderKey {
  const { publicKey, privateKey } = pairOf(type)
  const digest = type === 'ed25519' ? null : 'sha256'
  return {
    public: publicKey.export({ type: 'spki', format: 'pem' }) as string,
    sign: (body) => sign(digest, Buffer.from(body), privateKey).toString('base64'),
  }
}

function pairOf(type: MenderKeyType): { publicKey: KeyObject; privateKey: KeyObject } {
  if (type === 'rsa') return generateKeyPairSync('rsa', { modulusLength: 3_072 })
  if (type === 'ecdsa') return generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return generateKeyPairSync('ed25519')
}
