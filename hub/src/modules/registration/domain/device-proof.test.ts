import { hash } from 'node:crypto'
import * as fc from 'fast-check'
import type { IdentityProof } from '@sutler/device-model'
import { describe, expect, test } from 'vitest'
import type { StoredCredential } from './device-identity.ts'
import { digestResponse, provenBy } from './device-proof.ts'

const none = { username: null, digest: null, subject: null, sealed: null, purpose: '' } as const
const decoy: StoredCredential = {
  ...none,
  id: 'decoy',
  kind: 'token',
  digest: Buffer.alloc(32),
  sealed: Buffer.from('decoy'),
}
const open = ({ sealed }: StoredCredential): Buffer => sealed!

function proven(credentials: readonly StoredCredential[], proof: IdentityProof): string | null {
  return provenBy({ identity: 'box', credentials }, proof, open, decoy)?.id ?? null
}

describe('an answer to an HTTP Digest challenge', () => {
  const example = {
    username: 'Mufasa',
    realm: 'http-auth@example.org',
    uri: '/dir/index.html',
    method: 'GET',
    nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
    nc: '00000001',
    cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
    qop: 'auth',
  }

  test('is that of RFC 7616, section 3.9.1, for both algorithms', () => {
    expect(digestResponse({ ...example, algorithm: 'MD5' }, 'Circle of Life')).toBe('8ca523f5e9506fed4657c9700eebdbec')
    expect(digestResponse({ ...example, algorithm: 'SHA-256' }, 'Circle of Life')).toBe(
      '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1',
    )
  })

  test('without qop is that of RFC 2617, section 3.2.2.1', () => {
    const old = { username: 'u', realm: 'r', nonce: 'n', uri: '/', method: 'POST', algorithm: 'MD5' } as const
    const md5 = (text: string): string => hash('md5', text, 'hex')
    expect(digestResponse(old, 'p')).toBe(md5(`${md5('u:r:p')}:n:${md5('POST:/')}`))
  })
})

const secrets = fc.string({ minLength: 1, maxLength: 20 })
const token = (id: string, secret: string, kind: 'token' | 'gateway' = 'token'): StoredCredential => ({
  ...none,
  id,
  kind,
  digest: hash('sha256', secret, 'buffer'),
})
const password = (id: string, secret: string, username: string | null = null): StoredCredential => ({
  ...none,
  id,
  kind: 'password',
  username,
  sealed: Buffer.from(secret),
})

describe('what a device shows proves', () => {
  test('the credential with that secret and of that kind, and no other', () => {
    fc.assert(
      fc.property(fc.uniqueArray(secrets, { minLength: 2, maxLength: 6 }), fc.nat(5), (all, at) => {
        const [shown, ...others] = [all[at % all.length]!, ...all.filter((_, i) => i !== at % all.length)]
        const stored = [
          ...others.map((each, i) => token(`t${i}`, each)),
          ...others.map((each, i) => password(`p${i}`, each)),
        ]
        expect(proven(stored, { token: shown })).toBeNull()
        expect(proven(stored, { password: shown })).toBeNull()
        expect(proven([...stored, token('right', shown)], { token: shown })).toBe('right')
        expect(proven([...stored, token('right', shown)], { password: shown })).toBeNull()
        expect(proven([...stored, token('right', shown)], { gatewayToken: shown })).toBeNull()
        expect(proven([...stored, token('right', shown, 'gateway')], { gatewayToken: shown })).toBe('right')
        expect(proven([...stored, password('right', shown)], { password: shown })).toBe('right')
      }),
    )
  })

  test('a password only under the name that it was given, else the identity', () => {
    expect(proven([password('p', 's', 'cpe')], { password: 's', username: 'cpe' })).toBe('p')
    expect(proven([password('p', 's', 'cpe')], { password: 's', username: 'box' })).toBeNull()
    expect(proven([password('p', 's')], { password: 's', username: 'box' })).toBe('p')
    expect(proven([password('p', 's')], { password: 's' })).toBe('p')
  })

  test('nothing where there is nothing, not even with what is compared instead', () => {
    expect(proven([], { password: 'decoy' })).toBeNull()
    expect(proven([], { certificate: '0'.repeat(64) })).toBeNull()
    expect(proven([], { publicKey: '-----BEGIN PUBLIC KEY-----\n' })).toBeNull()
  })
})
