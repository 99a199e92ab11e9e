import { expect, test } from 'vitest'
import { startHub } from './hub.ts'

test('a system acts on behalf of whoever made its key, within the key’s scope', async () => {
  const hub = await startHub()
  const token = await hub.operator()
  const body = { name: 'CRM', roles: ['operator'], actions: ['household.read'] }
  const made = await hub.request('POST', '/api-keys', { token, body })
  expect(made.status).toBe(201)
  const key = made.json.key as string
  expect(key).toMatch(/^suk_/)
  const me = (await hub.request('GET', '/me', { token: key })).json
  const owner = (await hub.request('GET', '/me', { token })).json
  expect(me).toMatchObject({ id: owner.id, kind: 'system', name: 'CRM', actions: ['household.read'] })
  expect((await hub.request('GET', '/households', { token: key })).status).toBe(200)
  expect((await hub.request('GET', '/devices', { token: key })).status).toBe(403)
  expect((await hub.request('DELETE', '/sessions', { token: key })).status).toBe(403)
  const listed = await hub.request('GET', '/api-keys', { token })
  expect(listed.json.items).toMatchObject([{ name: 'CRM', revokedAt: null }])
  expect(listed.text).not.toContain(key)
})

test('keys that are limited to an action are found by it', async () => {
  const hub = await startHub()
  const token = await hub.operator()
  for (const [name, actions] of [
    ['CRM', ['household.read']],
    ['SCIM', ['user.read', 'user.write']],
    ['All', null],
  ] as const)
    await hub.request('POST', '/api-keys', { token, body: { name, roles: ['operator'], actions } })
  const found = await hub.request('GET', '/api-keys?action=user.write', { token })
  expect(found.json.items.map(({ name }: { name: string }) => name)).toEqual(['SCIM'])
})

test('a key has no more than its owner has, now and later', async () => {
  const hub = await startHub()
  const { id, token } = await hub.person('dora', ['developer', 'sponsor'])
  const make = (roles: string[], as = token) =>
    hub.request('POST', '/api-keys', { token: as, body: { name: 'CI', roles } })
  expect((await make(['operator'])).json.type).toBe('/problems/key-too-powerful')
  const { key } = (await make(['developer', 'sponsor'])).json
  expect((await make(['developer'], key)).json.type).toBe('/problems/key-too-powerful')
  const change = { token: await hub.operator(), headers: { 'if-match': '*' }, body: { roles: ['sponsor'] } }
  await hub.request('PATCH', `/accounts/${id}`, change)
  expect((await hub.request('GET', '/me', { token: key })).json.roles).toEqual(['sponsor'])
})

test('a key ends when it expires, when it is revoked, and with its owner', async () => {
  const hub = await startHub()
  const { id, token } = await hub.person('emil', ['sponsor'])
  const make = async (expiresInSeconds: number) =>
    (await hub.request('POST', '/api-keys', { token, body: { name: 'K', roles: ['sponsor'], expiresInSeconds } })).json
  const status = async (key: string) => (await hub.request('GET', '/me', { token: key })).status
  const [short, revoked, orphan] = [await make(60), await make(3600), await make(3600)]
  for (const each of [short, revoked, orphan]) expect(await status(each.key)).toBe(200)

  expect((await hub.request('DELETE', `/api-keys/${revoked.id}`, { token })).status).toBe(204)
  expect(await status(revoked.key)).toBe(401)
  hub.clock.advance(60_000)
  expect(await status(short.key)).toBe(401)
  expect(await status(orphan.key)).toBe(200)
  const change = { token: await hub.operator(), headers: { 'if-match': '*' }, body: { disabled: true } }
  await hub.request('PATCH', `/accounts/${id}`, change)
  expect(await status(orphan.key)).toBe(401)
})

test('somebody else’s key does not exist', async () => {
  const hub = await startHub()
  const frida = await hub.person('frida', ['sponsor'])
  const gustav = await hub.person('gustav', ['sponsor'])
  const made = await hub.request('POST', '/api-keys', { token: frida.token, body: { name: 'K', roles: ['sponsor'] } })
  const theirs = await hub.request('DELETE', `/api-keys/${made.json.id}`, { token: gustav.token })
  const nobodys = await hub.request('DELETE', '/api-keys/key-00000000', { token: gustav.token })
  expect(theirs.status).toBe(404)
  expect({ ...theirs.json, instance: '' }).toEqual({ ...nobodys.json, instance: '' })
  expect((await hub.request('GET', '/api-keys', { token: gustav.token })).json.items).toEqual([])
  expect((await hub.request('DELETE', `/api-keys/${made.json.id}`, { token: await hub.operator() })).status).toBe(204)
})

test('an answer with a secret is not kept for Idempotency-Key', async () => {
  const hub = await startHub()
  const token = await hub.operator()
  const ask = { token, headers: { 'idempotency-key': 'k1' }, body: { name: 'K', roles: ['operator'] } }
  await hub.request('POST', '/api-keys', ask)
  expect(await hub.database.sql`select * from platform_idempotency`).toEqual([])
})

test('when a key was last used is known, and seven days before its end an event says so, once', async () => {
  const hub = await startHub()
  const token = await hub.operator()
  const day = 86_400
  const make = async (name: string, days: number) =>
    (
      await hub.request('POST', '/api-keys', {
        token,
        body: { name, roles: ['operator'], expiresInSeconds: days * day },
      })
    ).json
  const { key, id } = await make('CRM', 30)
  await make('short', 6)
  await hub.request('GET', '/me', { token: key })
  const usedAt = new Date(hub.clock.now()).toISOString()
  await hub.registration.writeUses()
  const listed: { id: string; lastUsedAt: string | null }[] = (await hub.request('GET', '/api-keys', { token })).json
    .items
  for (const each of listed) expect(each.lastUsedAt).toBe(each.id === id ? usedAt : null)

  const told = () => hub.database.sql`select subject, data from platform_event where type = 'api-key.expiring'`
  hub.clock.advance(22 * day * 1000)
  await hub.registration.tellExpiringKeys()
  expect(await told()).toEqual([])
  hub.clock.advance(day * 1000)
  await Promise.all([hub.registration.tellExpiringKeys(), hub.registration.tellExpiringKeys()])
  expect(await told()).toMatchObject([{ subject: id, data: { name: 'CRM' } }])
})
