import { expect, test } from 'vitest'
import { directoryChangeOf, draftOf, emptyDraft, newDirectoryOf, type Directory } from './draft.ts'

test('what is left empty of a new directory is what the hub takes as usual, or nothing', () => {
  const made = newDirectoryOf({ ...emptyDraft('ldap'), name: 'People', url: 'ldaps://ldap.test', base: 'dc=test' })
  expect(made).toEqual({
    kind: 'ldap',
    name: 'People',
    url: 'ldaps://ldap.test',
    secret: null,
    settings: {
      startTls: false,
      authority: null,
      bindDn: null,
      base: 'dc=test',
      timeoutSeconds: 2,
      cacheSeconds: 60,
      attributes: { id: 'entryUUID', name: 'cn', email: 'mail' },
    },
  })
})

test('a secret stays unless another is typed or it is to be forgotten', () => {
  const attributes = { id: '/nr', name: '/who', email: null }
  const settings = { items: '/people', entryUrl: null, attributes, timeoutSeconds: 1.5, cacheSeconds: 0 }
  const kept: Directory = {
    id: 'dir-1',
    name: 'CRM',
    kind: 'http',
    url: 'https://crm.test/?q={q}',
    settings,
    disabled: false,
    createdAt: '2026-01-15T12:00:00.000Z',
  }
  const draft = draftOf(kept)
  expect(directoryChangeOf(draft)).toEqual({ name: 'CRM', url: kept.url, settings })
  expect(directoryChangeOf({ ...draft, secret: 'new' })).toHaveProperty('secret', 'new')
  expect(directoryChangeOf({ ...draft, isWithoutSecret: true })).toHaveProperty('secret', null)
})
