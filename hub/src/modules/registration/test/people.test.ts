import { expect, test } from 'vitest'
import type { TestDatabase } from '../../../../../test/support/database.ts'
import { startHub } from './hub.ts'

/** People and households as wholes: there twice, taken out, erased. */

async function home() {
  const hub = await startHub()
  const token = await hub.operator()
  const ask = (method: string, path: string, body?: unknown) =>
    hub.request(method, path, { token, body, headers: { 'if-match': '*' } })
  const user = async (name: string, more: object = {}): Promise<string> =>
    (await ask('POST', '/users', { name, ...more })).json.id
  const ids = async (path: string) => (await ask('GET', path)).json.items.map(({ id }: { id: string }) => id)
  return { hub, ask, user, ids, household: await hub.household() }
}

test('people who are there twice are found by their e-mail address, or by their name in one household', async () => {
  const { ask, user, household } = await home()
  const [a, b] = [await user('Bea', { email: 'Bea@example.org' }), await user('B. M.', { email: 'bea@example.org' })]
  const [c, d] = [await user('Cleo  M', { households: [household] }), await user('cleo m', { households: [household] })]
  await user('Cleo M')
  const found = (await ask('GET', '/users/duplicates')).json.items as { because: string; users: { id: string }[] }[]
  expect(found.map(({ because, users }) => [because, users.map(({ id }) => id)])).toEqual([
    ['e-mail', [a, b].toSorted()],
    ['name-and-household', [c, d].toSorted()],
  ])
})

test('two people become one: what the one has is the other’s, and its id says where it went', async () => {
  const { ask, user, ids, household } = await home()
  const stays = await user('Bea', { tags: ['vip'] })
  const goes = await user('Bea Müller', { tags: ['trial'], email: 'bea@example.org', households: [household] })
  await ask('POST', `/users/${goes}/notes`, { text: 'Called.' })
  const preview = await ask('GET', `/users/${stays}/merge/${goes}`)
  expect(preview.json).toEqual({
    moves: [
      { what: 'memberships of households', count: 1 },
      { what: 'notes', count: 1 },
    ],
    ends: [],
    blocks: [],
  })
  expect((await ask('POST', `/users/${stays}/merge/${goes}`)).json).toEqual(preview.json)
  expect((await ask('GET', `/users/${stays}`)).json).toMatchObject({
    name: 'Bea',
    email: 'bea@example.org',
    tags: ['trial', 'vip'],
    households: [household],
  })
  expect((await ask('GET', `/users/${stays}/notes`)).json.items).toHaveLength(1)
  const gone = await ask('GET', `/users/${goes}`)
  expect([gone.status, gone.json.detail]).toEqual([410, `The user ${goes} was merged into ${stays}.`])
  expect((await ask('PATCH', `/users/${goes}`, { name: 'X' })).status).toBe(410)
  expect(await ids('/users')).not.toContain(goes)
})

test('an account is not lost by merging: whoever has the only one stays, and only of two the other’s ends', async () => {
  const { hub, ask, user } = await home()
  const bea = await hub.person('bea', ['sponsor'])
  const double = await user('Bea')
  const refused = await ask('POST', `/users/${double}/merge/${bea.id}`)
  expect(refused).toMatchObject({ status: 409, json: { type: '/problems/merge-blocked' } })
  expect(refused.json.detail).toContain(`merge ${double} into ${bea.id} instead`)
  const cleo = await hub.person('cleo', ['sponsor'])
  expect((await ask('POST', `/users/${bea.id}/merge/${cleo.id}`)).status).toBe(200)
  expect((await hub.request('GET', '/me', { token: cleo.token })).status).toBe(401)
  expect((await hub.request('GET', '/me', { token: bea.token })).status).toBe(200)
  expect((await ask('POST', `/users/${bea.id}/merge/${bea.id}`)).status).toBe(409)
})

test('two households become one, with devices, claims and people', async () => {
  const { hub, ask, ids, user, household } = await home()
  const double = await hub.household('Mueller')
  const claim = (await ask('POST', '/claims', { household: double })).json.id as string
  const person = await user('Bea', { households: [double] })
  const body = { household: double, class: 'phone', protocol: 'ddi', identity: 'box-1' }
  const { device } = (await ask('POST', '/devices', body)).json
  expect((await ask('POST', `/households/${household}/merge/${double}`)).json.moves).toEqual([
    { what: 'claims', count: 1 },
    { what: 'devices', count: 1 },
    { what: 'memberships of households', count: 1 },
  ])
  expect(await ids(`/devices?household=${household}`)).toEqual([device])
  expect(await ids(`/devices?filter=${encodeURIComponent(`device.household == "${household}"`)}`)).toEqual([device])
  expect((await ask('GET', '/claims')).json.items).toContainEqual(expect.objectContaining({ id: claim, household }))
  expect((await ask('GET', `/users/${person}`)).json.households).toEqual([household])
  expect((await ask('GET', `/households/${double}`)).status).toBe(410)
  expect((await ask('POST', '/claims', { household: double })).status).toBe(422)
})

test('people take out what is kept about themselves, and nobody else’s', async () => {
  const { hub, user, household } = await home()
  const bea = await hub.person('bea', ['subscriber'], [household])
  const other = await user('Cleo')
  const own = await hub.request('POST', `/users/${bea.id}/export`, { token: bea.token })
  expect(own.json.data).toMatchObject({
    person: { profile: { id: bea.id, name: 'bea' }, households: [{ id: household, name: 'Müller' }] },
    access: { account: { name: 'bea', roles: ['subscriber'] }, sessions: [expect.anything()] },
  })
  expect(own.text).not.toMatch(/argon2|hash/)
  expect((await hub.request('POST', `/users/${other}/export`, { token: bea.token })).status).toBe(404)
})

test('whoever is erased is nowhere in the database by name or address any more, and the audit is whole', async () => {
  const { hub, ask, ids, household } = await home()
  const name = 'xanthippe-of-nowhere'
  const { id, token } = await hub.person(name, ['sponsor'], [household])
  await ask('PATCH', `/users/${id}`, { name: `${name} A`, email: `${name}@example.org`, tags: ['owes'] })
  await ask('POST', `/users/${id}/notes`, { text: `${name} called.` })
  await ask('POST', '/invitations', { roles: ['sponsor'], email: `${name}@example.org` })
  await hub.request('GET', '/orders', { token })
  await hub.registration.flushAudit()
  expect(await whereIs(hub.database, name)).toEqual(expect.arrayContaining(['entity_user', 'registration_account']))

  const preview = await ask('GET', `/users/${id}/erasure`)
  expect(preview.json.erased.map(({ what }: { what: string }) => what)).toContain('notes about them')
  expect(preview.json.stays).toEqual([
    { what: 'rows of the audit about them', count: expect.any(Number), because: expect.stringContaining('no names') },
  ])
  const etag = preview.headers.get('etag')!
  const erase = (headers: Record<string, string>) =>
    hub.operator().then((operator) => hub.request('POST', `/users/${id}/erasure`, { token: operator, headers }))
  expect((await erase({})).status).toBe(428)
  expect((await erase({ 'if-match': '"99"' })).status).toBe(412)
  expect((await erase({ 'if-match': etag })).status).toBe(200)

  await hub.registration.flushAudit()
  expect(await whereIs(hub.database, name)).toEqual([])
  expect((await ask('GET', `/users/${id}`)).status).toBe(410)
  expect(await ids('/users')).not.toContain(id)
  expect((await hub.request('GET', '/me', { token })).status).toBe(401)
  const rows = (await ask('GET', `/audit?about=${id}&limit=200`)).json.items as { changes: { type: string }[] }[]
  expect(rows.flatMap(({ changes }) => changes.map(({ type }) => type))).toContain('user.erased')
})

test('the last operator is not erased', async () => {
  const { hub, ask } = await home()
  const { json } = await hub.request('GET', '/me', { token: await hub.operator() })
  expect((await ask('POST', `/users/${json.id}/erasure`)).json.type).toBe('/problems/last-operator')
})

/** Tables with the text anywhere in a row. */
async function whereIs(database: TestDatabase, text: string): Promise<string[]> {
  const { sql } = database.owner
  const tables = await sql<{ schema: string; name: string }[]>`
    select schemaname as schema, tablename as name from pg_tables where schemaname in ('public', 'registration') order by 2`
  const found: string[] = []
  for (const { schema, name } of tables) {
    const rows = await sql`select 1 from ${sql(schema)}.${sql(name)} as t where t::text like ${`%${text}%`} limit 1`
    if (rows.length > 0) found.push(name)
  }
  return found
}
