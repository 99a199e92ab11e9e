import { expect, test } from 'vitest'
import { startHub } from './hub.ts'

const wanted = {
  name: 'Example',
  issuer: 'https://id.example',
  clientId: 'sutler',
  clientSecret: 'secret of the client',
}

test('an identity provider is added, changed and removed; its secret is sealed and shown to nobody', async () => {
  const hub = await startHub()
  const token = await hub.operator()
  const made = await hub.request('POST', '/identity-providers', { token, body: wanted })
  const callback = `http://hub.test:8080/api/v1/oidc/${made.json.id}/callback`
  expect(made).toMatchObject({
    status: 201,
    json: { scopes: ['openid', 'email', 'profile'], roleMapping: null, callback },
  })
  const path = `/identity-providers/${made.json.id}`
  const roleMapping = { claim: 'groups', roles: { ops: 'operator' } }
  expect((await hub.request('PATCH', path, { token, body: { roleMapping } })).status).toBe(428)
  const headers = { 'if-match': made.headers.get('etag')! }
  const changed = await hub.request('PATCH', path, { token, headers, body: { roleMapping, name: 'Other' } })
  expect(changed.json).toEqual({ ...made.json, roleMapping, name: 'Other' })
  expect((await hub.request('GET', path, { token })).json).toEqual(changed.json)
  const listed = await hub.request('GET', '/identity-providers', { token })
  expect(listed.json.items).toEqual([changed.json])
  const [row] = await hub.database.owner.sql`select client_secret from registration.registration_identity_provider`
  expect(Buffer.from(row!['client_secret']).includes(wanted.clientSecret)).toBe(false)
  for (const { text } of [made, changed, listed]) expect(text).not.toContain(wanted.clientSecret)
  expect((await hub.request('DELETE', path, { token })).status).toBe(204)
  expect((await hub.request('DELETE', path, { token })).status).toBe(404)
})

test('a role mapping is tried on claims before it is saved', async () => {
  const hub = await startHub()
  const token = await hub.operator()
  const roleMapping = { claim: 'groups', roles: { ops: 'operator', eyes: 'auditor' } }
  const tried = async (claims: object) =>
    (await hub.request('POST', '/identity-providers/try', { token, body: { roleMapping, claims } })).json.roles
  expect(await tried({ groups: ['eyes', 'ops', 'others'] })).toEqual(['operator', 'auditor'])
  expect(await tried({ groups: 'eyes' })).toEqual(['auditor'])
  expect(await tried({ groups: ['others'], roles: ['ops'] })).toEqual([])
})

test('an identity provider that cannot be is refused at its place', async () => {
  const hub = await startHub()
  const token = await hub.operator()
  const ask = (more: object) => hub.request('POST', '/identity-providers', { token, body: { ...wanted, ...more } })
  for (const [more, pointer] of [
    [{ issuer: 'ftp://id.example' }, '/issuer'],
    [{ issuer: 'https://name:password@id.example' }, '/issuer'],
    [{ scopes: ['email'] }, '/scopes'],
    [{ roleMapping: { claim: 'groups', roles: { ops: 'root' } } }, '/roleMapping/roles/ops'],
    [{ tenant: 'other' }, '/tenant'],
  ] as const)
    expect((await ask(more)).json.errors).toMatchObject([{ pointer }])
  expect((await ask({})).status).toBe(201)
  expect((await ask({})).json.type).toBe('/problems/identity-provider-exists')
})
