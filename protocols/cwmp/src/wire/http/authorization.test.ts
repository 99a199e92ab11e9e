import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mutated, random } from '../../../../../test/attacks/mutations.ts'
import { mutations, seed } from '../../../../../test/support/thoroughness.ts'
import { CwmpError } from '../../errors.ts'
import { hash } from '../../transport/crypto.ts'
import { challengeOf } from './challenge.ts'
import { credentialsOf } from './credentials.ts'
import { authorizationFor, responseFor, secretOf } from './digest.ts'

/** RFC 7616, 3.9.1. */
const example = {
  username: 'Mufasa',
  realm: 'http-auth@example.org',
  uri: '/dir/index.html',
  nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
  qop: { name: 'auth' as const, count: '00000001', cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ' },
}

describe('HTTP Digest', () => {
  test.each([
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ] as const)('computes the example of RFC 7616: %s', (algorithm, response) => {
    const secret = secretOf(hash, algorithm, example.username, example.realm, 'Circle of Life')
    expect(responseFor(hash, secret, 'GET', { ...example, algorithm })).toBe(response)
  })

  test('credentials are read quoted or bare, in any order, and a client is met with what it asks for', () => {
    const login = { username: 'a"b', password: 'p' }
    for (const header of [
      'Digest realm="r", nonce="n", qop="auth,auth-int", opaque="o"',
      'digest nonce=n,realm=r',
      'Basic realm="x", Digest realm="r", nonce="n", algorithm=SHA-256, Bearer',
    ]) {
      const challenge = challengeOf(header)
      if (challenge?.scheme !== 'digest') throw new Error(header)
      const answer = authorizationFor(hash, challenge, { method: 'GET', uri: '/x?y' }, login, 'c')
      expect(credentialsOf(answer)).toMatchObject({
        scheme: 'digest',
        username: 'a"b',
        uri: '/x?y',
        nonce: 'n',
        realm: 'r',
      })
    }
    expect(challengeOf('Basic realm="x"')).toEqual({ scheme: 'basic' })
    expect(challengeOf('Digest realm="x", nonce="n", qop="auth-int"')).toBeNull()
    expect(
      credentialsOf(
        'Digest username=u, realm="r", nonce="n", uri="/", response="' +
          'A'.repeat(32) +
          '", algorithm="md5", qop="auth", nc="1", cnonce=c',
      ),
    ).toMatchObject({ qop: { count: '1' }, algorithm: 'MD5' })
  })

  test('Basic is read with a colon in the password; other schemes are none', () => {
    expect(credentialsOf(`Basic ${btoa('user:pass:word')}`)).toEqual({
      scheme: 'basic',
      username: 'user',
      password: 'pass:word',
    })
    expect(credentialsOf('Bearer x')).toBeNull()
    expect(credentialsOf(undefined)).toBeNull()
  })

  test('mutated headers end in credentials or in a typed error', () => {
    const below = random(seed)
    let refused = 0
    const good = [
      'Digest username="u", realm="r", nonce="n", uri="/", response="0123456789abcdef0123456789abcdef", qop=auth, nc=00000001, cnonce="c"',
      `Basic ${btoa('user:password')}`,
    ]
    for (let turn = 0; turn < mutations; turn++) {
      const header = new TextDecoder('latin1').decode(mutated(new TextEncoder().encode(good[turn % 2]), below))
      for (const read of [credentialsOf, challengeOf])
        try {
          read(header)
        } catch (error) {
          if (!(error instanceof CwmpError) || error.code !== 'bad-authorization') throw error
          refused++
        }
    }
    expect(refused).toBeGreaterThan(100)
  })

  test('a header that repeats one parameter a million times is read in its length', () => {
    const text = fc
      .sample(fc.constantFrom('a=1,', 'a="', ',,,,', '==', '\\"'), 5)
      .map((each) => `Digest ${each.repeat(200_000)}`)
    for (const header of text) expect(() => credentialsOf(header)).toThrow(CwmpError)
  })
})
