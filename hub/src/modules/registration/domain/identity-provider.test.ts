import { expect, test } from 'vitest'
import { accountName, mappedRoles, oidcSecrets, verifiedEmail } from './identity-provider.ts'

test('roles come from the values of one claim, and from nothing that only looks like one', () => {
  const mapping = { claim: 'groups', roles: { ops: 'operator', dev: 'developer' } } as const
  expect(mappedRoles(mapping, { groups: ['dev', 'ops', 'other'] })).toEqual(['operator', 'developer'])
  expect(mappedRoles(mapping, { groups: 'dev' })).toEqual(['developer'])
  for (const groups of [undefined, null, 7, ['toString'], ['__proto__'], [['ops']], { ops: true }])
    expect(mappedRoles(mapping, { groups })).toEqual([])
  expect(mappedRoles(null, { groups: ['ops'] })).toEqual([])
})

test('an address counts only when the provider has verified it', () => {
  expect(verifiedEmail({ email: 'Anna@Example.org', email_verified: true })).toBe('anna@example.org')
  for (const email_verified of [false, 'true', undefined, 1])
    expect(verifiedEmail({ email: 'anna@example.org', email_verified })).toBe(null)
})

test('a new account gets a name of the characters that names have', () => {
  expect(accountName({ email: 'Anna+x@Example.org', email_verified: true }, 's')).toBe('anna-x@example.org')
  expect(accountName({ preferred_username: 'Änne' }, 's')).toBe('nne')
  expect(accountName({}, '日本')).toMatch(/^person-[0-9a-f]{12}$/)
  expect(accountName({}, 'auth0|7')).toBe('auth0-7')
})

test('verifier and nonce follow from the browser’s secret, and tell nothing of one another', () => {
  const { verifier, nonce } = oidcSecrets('a')
  expect(verifier).toMatch(/^[\w-]{43}$/)
  expect(nonce).not.toBe(verifier)
  expect(oidcSecrets('a')).toEqual({ verifier, nonce })
  expect(oidcSecrets('b').verifier).not.toBe(verifier)
})
