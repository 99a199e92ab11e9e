import { expect, test } from 'vitest'
import { startHub } from './hub.ts'

const day = 86_400_000
const password = 'three unrelated words'
const refused = { status: 403, json: { type: '/problems/invitation-refused' } }

test('no account and no password is there by default: the first operator is made by a link, once', async () => {
  const hub = await startHub()
  expect(await hub.database.owner.sql`select 1 from registration_account`).toHaveLength(0)
  const link = await hub.registration.setupLink()
  expect(link).toMatch(/^http:\/\/hub\.test:8080\/setup#inv_[\w-]{43}\.[\w-]{43}$/)
  let told = 0
  hub.registration.onFirstOperator(() => told++)
  const made = await hub.setup(link, 'Anna', password)
  expect(made).toMatchObject({ status: 201, json: { principal: { name: 'anna', roles: ['operator'] } } })
  expect(made.headers.get('cache-control')).toBe('no-store')
  expect(told).toBe(1)
  expect((await hub.request('GET', '/accounts', { token: made.json.token })).json.items).toHaveLength(1)
  await hub.login('anna', password)
  expect(await hub.setup(link, 'eve', password)).toMatchObject(refused)
  expect(await hub.registration.setupLink()).toBe(null)
})

test('of the links for the first operator only the newest is good, for a day, whichever hub made it', async () => {
  const one = await startHub()
  const two = await startHub({ database: one.database, clock: one.clock })
  const older = await one.registration.setupLink()
  const newer = await two.registration.setupLink()
  expect(await two.setup(older, 'anna', password)).toMatchObject(refused)
  one.clock.advance(day)
  expect(await one.setup(newer, 'anna', password)).toMatchObject(refused)
  expect((await two.setup(await one.registration.setupLink(), 'anna', password)).status).toBe(201)
})

test('of many who open one link at the same time one gets the account', async () => {
  const hub = await startHub()
  const link = await hub.registration.setupLink()
  const names = Array.from({ length: 8 }, (_, n) => `anna${n}`)
  const statuses = (await Promise.all(names.map((name) => hub.setup(link, name, password)))).map(({ status }) => status)
  expect(statuses.toSorted()).toEqual([201, ...Array.from({ length: 7 }, () => 403)])
})

test('an operator invites: the person chooses name and password, nobody else sees them', async () => {
  const hub = await startHub()
  const token = await hub.operator()
  const home = await hub.household()
  const body = { roles: ['subscriber'], households: [home], email: 'Bea@Example.org' }
  const made = await hub.request('POST', '/invitations', { token, body })
  expect(made).toMatchObject({ status: 201, json: { roles: ['subscriber'], email: 'bea@example.org', usedAt: null } })
  expect(made.headers.get('cache-control')).toBe('no-store')
  const bea = await hub.setup(made.json.link, 'bea', password)
  expect(bea.json.principal).toMatchObject({ name: 'bea', roles: ['subscriber'], households: [home] })
  const { items } = (await hub.request('GET', '/invitations', { token })).json
  expect(items.find(({ id }: { id: string }) => id === made.json.id)).toMatchObject({ usedAt: expect.any(String) })
  expect(JSON.stringify(items)).not.toContain('inv_')
  expect((await hub.request('POST', '/invitations', { token: bea.json.token, body })).status).toBe(403)
})

test('a name that is taken or a password that is weak leaves the link as it was', async () => {
  const hub = await startHub()
  const token = await hub.operator()
  const { link } = (await hub.request('POST', '/invitations', { token, body: { roles: ['developer'] } })).json
  expect((await hub.setup(link, 'operator', password)).json.type).toBe('/problems/account-name-taken')
  const weak = await hub.setup(link, 'dora', 'password-1234')
  expect(weak).toMatchObject({
    status: 422,
    json: { type: '/problems/weak-password', errors: [{ pointer: '/password' }] },
  })
  expect((await hub.setup(link, 'dora.dora.dora', 'dora.dora.dora')).json.type).toBe('/problems/weak-password')
  expect((await hub.setup(link, 'dora', 'short')).json.type).toBe('/problems/invalid-request')
  expect((await hub.setup(link, 'dora', password)).status).toBe(201)
})

test('an invitation that was withdrawn, has expired, or never was is refused in the same words', async () => {
  const hub = await startHub()
  const token = await hub.operator()
  const invite = async () =>
    (await hub.request('POST', '/invitations', { token, body: { roles: ['sponsor'], expiresInSeconds: 60 } })).json
  const [withdrawn, late] = [await invite(), await invite()]
  expect((await hub.request('DELETE', `/invitations/${withdrawn.id}`, { token })).status).toBe(204)
  expect((await hub.request('DELETE', `/invitations/${withdrawn.id}`, { token })).status).toBe(404)
  hub.clock.advance(60_000)
  const answers = [withdrawn.link, late.link, `http://x#inv_${'A'.repeat(43)}`, 'http://x#sut_x'].map((link) =>
    hub.setup(link, 'eve', password),
  )
  const texts = new Set((await Promise.all(answers)).map(({ text }) => text))
  expect([...texts]).toEqual([expect.stringContaining('invitation-refused')])
})

test('an invitation for a person or household that there is not is refused at its place', async () => {
  const hub = await startHub()
  const token = await hub.operator()
  const ask = (more: object) => hub.request('POST', '/invitations', { token, body: { roles: ['subscriber'], ...more } })
  expect((await ask({ user: 'usr-none' })).json).toMatchObject({ errors: [{ pointer: '/user' }] })
  expect((await ask({ households: ['hh-none'] })).json).toMatchObject({ errors: [{ pointer: '/households/0' }] })
  expect((await ask({ email: 'no address' })).status).toBe(400)
})

test('a weak password is refused wherever one is chosen', async () => {
  const hub = await startHub()
  const { token, password: current } = await hub.firstOperator()
  const weak = { status: 422, json: { type: '/problems/weak-password' } }
  const change = { current, next: 'password-1234' }
  expect(await hub.request('PUT', '/me/password', { token, body: change })).toMatchObject(weak)
  const body = { name: 'anna', password: 'qwertyuiop[]', roles: ['sponsor'] }
  expect(await hub.request('POST', '/accounts', { token, body })).toMatchObject(weak)
  await hub.login('operator', current)
})
