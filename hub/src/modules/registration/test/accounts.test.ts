import { expect, test } from 'vitest'
import { startHub } from './hub.ts'

test('an account is made with its person, and logs in', async () => {
  const hub = await startHub()
  const home = await hub.household()
  const anna = await hub.person('anna', ['subscriber'], [home])
  const me = await hub.request('GET', '/me', { token: anna.token })
  const who = { id: anna.id, kind: 'person', name: 'anna', tenant: 'main' }
  expect(me.json).toEqual({ ...who, roles: ['subscriber'], households: [home] })
  const user = await hub.request('GET', `/users/${anna.id}`, { token: anna.token })
  expect(user.json).toMatchObject({ name: 'anna', households: [home] })
})

test('an account that cannot be is refused, with the place that is wrong', async () => {
  const hub = await startHub()
  const token = await hub.operator()
  const cases: [what: string, body: object, status: number, code: string, pointer?: string][] = [
    ['a taken name', { name: 'Operator' }, 409, 'account-name-taken'],
    ['an unknown user', { user: 'usr-unknown' }, 422, 'unknown-user', '/user'],
    ['an unknown household', { households: ['hh-unknown'] }, 422, 'unknown-household', '/households/0'],
    ['no role', { roles: [] }, 400, 'invalid-request', '/roles'],
    ['an unknown role', { roles: ['root'] }, 400, 'invalid-request', '/roles/0'],
    ['a short password', { password: 'short' }, 400, 'invalid-request', '/password'],
    ['a wrong name', { name: 'a b' }, 400, 'invalid-request', '/name'],
    ['more than is asked for', { disabled: false }, 400, 'invalid-request', '/disabled'],
    ['a user and its households', { user: 'usr-unknown', households: [] }, 400, 'invalid-request', '/households'],
  ]
  for (const [what, wrong, status, code, pointer] of cases) {
    const body = { name: 'b', roles: ['sponsor'], password: 'a long password', ...wrong }
    const answer = await hub.request('POST', '/accounts', { token, body })
    expect([what, answer.status, answer.json.type]).toEqual([what, status, `/problems/${code}`])
    expect([what, answer.json.errors?.[0]?.pointer]).toEqual([what, pointer])
  }
  expect(await hub.database.sql`select count(*)::int as users from entity_user`).toEqual([{ users: 1 }])
})

test('a change of an account ends its sessions, and needs the version it is based on', async () => {
  const hub = await startHub()
  const token = await hub.operator()
  const bert = await hub.person('bert', ['sponsor'])
  const path = `/accounts/${bert.id}`
  const etag = (await hub.request('GET', path, { token })).headers.get('etag')!
  const change = (headers: Record<string, string>, body: object) => hub.request('PATCH', path, { token, headers, body })
  expect((await change({}, { roles: ['developer'] })).status).toBe(428)
  expect((await change({ 'if-match': '"99"' }, { roles: ['developer'] })).status).toBe(412)
  expect((await hub.request('GET', '/me', { token: bert.token })).status).toBe(200)
  const changed = await change({ 'if-match': etag }, { roles: ['developer'] })
  expect(changed.json).toMatchObject({ name: 'bert', roles: ['developer'] })
  expect((await hub.request('GET', '/me', { token: bert.token })).status).toBe(401)

  const disabled = await change({ 'if-match': changed.headers.get('etag')! }, { disabled: true })
  expect(disabled.status).toBe(200)
  const answer = await hub.request('POST', '/sessions', { body: { name: 'bert', password: 'bert long password' } })
  expect(answer.json.type).toBe('/problems/login-refused')
})

test('the last operator stays one', async () => {
  const hub = await startHub()
  const token = await hub.operator()
  const { id } = (await hub.request('GET', '/me', { token })).json
  for (const body of [{ roles: ['sponsor'] }, { disabled: true }]) {
    const answer = await hub.request('PATCH', `/accounts/${id}`, { token, headers: { 'if-match': '*' }, body })
    expect(answer.json.type).toBe('/problems/last-operator')
  }
  await hub.person('second', ['operator'])
  const answer = await hub.request('PATCH', `/accounts/${id}`, {
    token,
    headers: { 'if-match': '*' },
    body: { disabled: true },
  })
  expect(answer.status).toBe(200)
})

test('people change their own password with the old one', async () => {
  const hub = await startHub()
  const { token } = await hub.person('carla', ['developer'])
  const change = (current: string) =>
    hub.request('PUT', '/me/password', { token, body: { current, next: 'another long password' } })
  expect((await change('wrong')).json.type).toBe('/problems/wrong-password')
  expect((await change('carla long password')).status).toBe(204)
  expect((await hub.request('GET', '/me', { token })).status).toBe(401)
  expect(await hub.login('carla', 'another long password')).toMatch(/^sut_/)
})

test('accounts are listed page by page', async () => {
  const hub = await startHub()
  const token = await hub.operator()
  for (const name of ['a', 'b', 'c']) await hub.person(name, ['developer'])
  const first = await hub.request('GET', '/accounts?limit=3', { token })
  const second = await hub.request('GET', `/accounts?limit=3&cursor=${first.json.next}`, { token })
  const names = [...first.json.items, ...second.json.items].map((account: { name: string }) => account.name)
  expect(names.toSorted()).toEqual(['a', 'b', 'c', 'operator'])
  expect(second.json.next).toBe(null)
})
