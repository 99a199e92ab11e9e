import { constants, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { nodeTrustCrypto } from '../node/index.ts'
import { webTrustCrypto } from '../web/verify.ts'
import type { Scheme } from './crypto.ts'

const bytes = new TextEncoder().encode('what is signed')

interface Signed {
  readonly key: Buffer
  readonly signature: Buffer
}

function ed25519(): Signed {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  return { key: spki(publicKey).subarray(-32), signature: sign(null, bytes, privateKey) }
}

function ecdsa(): Signed {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return { key: spki(publicKey), signature: sign('sha256', bytes, privateKey) }
}

function pss(): Signed {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const how = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
  return { key: spki(publicKey), signature: sign('sha256', bytes, { key: privateKey, ...how }) }
}

const spki = (key: KeyObject): Buffer => key.export({ type: 'spki', format: 'der' })

const schemes: readonly [Scheme, () => Signed][] = [
  ['ed25519', ed25519],
  ['ecdsa-sha2-nistp256', ecdsa],
  ['rsassa-pss-sha256', pss],
]

describe.each(schemes)('signatures by %s in a page', (scheme, make) => {
  it('hold where they hold on Node, and nowhere else', async () => {
    const { key, signature } = make()
    const other = make()
    const longer = Buffer.concat([signature, Buffer.of(0)])
    const cases: readonly [Uint8Array, Uint8Array, Uint8Array][] = [
      [key, bytes, signature],
      [other.key, bytes, signature],
      [key, bytes, other.signature],
      [key, bytes.subarray(1), signature],
      [key, bytes, longer],
      [key, bytes, signature.subarray(1)],
      [key, bytes, Buffer.alloc(0)],
      [key.subarray(1), bytes, signature],
      [Buffer.alloc(0), bytes, signature],
      ...Array.from({ length: signature.length }, (_, at): [Uint8Array, Uint8Array, Uint8Array] => {
        const changed = Buffer.from(signature)
        changed[at]! ^= 1 << (at % 8)
        return [key, bytes, changed]
      }),
    ]
    for (const each of cases)
      expect(await webTrustCrypto.verifySignature(scheme, ...each)).toBe(
        await nodeTrustCrypto.verifySignature(scheme, ...each),
      )
    expect(await webTrustCrypto.verifySignature(scheme, key, bytes, signature)).toBe(true)
  })

  it('hold for every key: lengths of what is signed differ', async () => {
    for (let count = 0; count < (scheme === 'rsassa-pss-sha256' ? 2 : 300); count++) {
      const { key, signature } = make()
      expect(await webTrustCrypto.verifySignature(scheme, key, bytes, signature)).toBe(true)
    }
  })
})

it('a page makes the same digests as Node', async () => {
  expect(Buffer.from(await webTrustCrypto.sha256(bytes))).toEqual(Buffer.from(await nodeTrustCrypto.sha256(bytes)))
})
