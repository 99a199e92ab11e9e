import { expect, test } from 'vitest'
import { startHub } from './hub.ts'

test('two hubs over one database share one identity', async () => {
  const one = await startHub()
  const two = await startHub({ database: one.database, clock: one.clock })
  expect(two.registration.hub()).toBe(one.registration.hub())
  const link = one.registration.fileLink('dev-00000001', 'ab'.repeat(32))
  expect(two.registration.checkFileLink('ab'.repeat(32), link.query)).toEqual({ device: 'dev-00000001' })
})

test('a known token is answered without waiting', async () => {
  const hub = await startHub()
  const authorization = `Bearer ${await hub.operator()}`
  await hub.registration.access.authenticate(authorization)
  expect(hub.registration.access.authenticate(authorization)).not.toBeInstanceOf(Promise)
})

test('what is no token of a session or a key is no authorization', async () => {
  const hub = await startHub()
  const wrong: Record<string, string | undefined> = {
    nothing: undefined,
    'a word': 'x',
    'another scheme': 'Basic b3BlcmF0b3I6eA==',
    'an unknown token': `Bearer sut_${'A'.repeat(43)}`,
    'an unknown key': `Bearer suk_${'A'.repeat(43)}`,
    'a claim': `Bearer ${await hub.claim(await hub.household())}`,
    'a JWT': 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJvcGVyYXRvciJ9.xxxxxxxxxxxxx',
  }
  for (const [what, authorization] of Object.entries(wrong)) {
    const answer = await hub.request('GET', '/me', { headers: authorization === undefined ? {} : { authorization } })
    expect([what, answer.status, answer.json.type]).toEqual([what, 401, '/problems/unauthenticated'])
    expect(answer.headers.get('www-authenticate')).toBe('Bearer')
  }
})

test('a session ends by itself after twelve hours', async () => {
  const hub = await startHub()
  const token = await hub.operator()
  hub.clock.advance(12 * 3_600_000 - 1000)
  expect((await hub.request('GET', '/me', { token })).status).toBe(200)
  hub.clock.advance(1000)
  expect((await hub.request('GET', '/me', { token })).status).toBe(401)
})

test('logging out ends the session here at once, and at another hub within five seconds', async () => {
  const hub = await startHub()
  const other = await startHub({ database: hub.database, clock: hub.clock })
  const token = await hub.operator()
  expect((await other.request('GET', '/me', { token })).status).toBe(200)
  expect((await hub.request('DELETE', '/sessions', { token })).status).toBe(204)
  expect((await hub.request('GET', '/me', { token })).status).toBe(401)
  hub.clock.advance(5000)
  expect((await other.request('GET', '/me', { token })).status).toBe(401)
})

test('guessing a password is slowed down by address, and says until when', async () => {
  const hub = await startHub()
  const { password } = await hub.firstOperator()
  const guess = (password: string) => hub.request('POST', '/sessions', { body: { name: 'operator', password } })
  const statuses = new Set<number>()
  for (let i = 0; i < 20; i++) statuses.add((await guess('wrong')).status)
  expect([...statuses]).toEqual([401])
  const refused = await guess(password)
  expect(refused.status).toBe(429)
  expect(refused.headers.get('retry-after')).toBe('5')
  hub.clock.advance(5000)
  expect((await guess(password)).status).toBe(201)
})

test('many guesses at the same time are counted from their start', async () => {
  const hub = await startHub()
  await hub.operator()
  const guesses = Array.from({ length: 40 }, () =>
    hub.request('POST', '/sessions', { body: { name: 'operator', password: 'wrong' } }),
  )
  const statuses = (await Promise.all(guesses)).map((answer) => answer.status)
  expect(statuses.filter((status) => status === 401)).toHaveLength(20)
  expect(statuses.filter((status) => status === 429)).toHaveLength(20)
})

test('log-ins and refused ones are in the log, without what was typed', async () => {
  const hub = await startHub()
  const { name, password } = await hub.firstOperator()
  await hub.login(name, password)
  await hub.request('POST', '/sessions', { body: { name, password: 'another one altogether' } })
  await hub.request('POST', '/sessions', { body: { name: 'typed in the wrong field', password: 'x' } })
  const lines = hub.logged.map((line) => JSON.parse(line) as Record<string, unknown>)
  const of = (message: string) => lines.filter(({ msg }) => msg === message)
  expect(of('logged in').at(-1)).toMatchObject({ name, account: expect.stringMatching(/^usr-/) })
  expect(of('a log-in was refused')).toMatchObject([
    { code: 'login-refused', address: 'unknown', slowed: false },
    { code: 'login-refused', address: 'unknown', slowed: false },
  ])
  expect(hub.logged.join('')).not.toMatch(/another one|wrong field/)
})

test('who has no account is refused in the same words as who has the wrong password', async () => {
  const hub = await startHub()
  await hub.operator()
  const answer = async (name: string) =>
    (await hub.request('POST', '/sessions', { body: { name, password: 'wrong' } })).text
  expect(await answer('nobody')).toEqual(await answer('operator'))
})

test('every decision has an id of its own, which stays', async () => {
  const hub = await startHub()
  const { access } = hub.registration
  const principal = await access.authenticate(`Bearer ${await hub.operator()}`)
  const [one, two] = [access.authorise(principal, 'order.write'), access.authorise(principal, 'order.write')]
  expect(one.id).toMatch(/^dec-/)
  expect(one.id).toBe(one.id)
  expect(one.id).not.toBe(two.id)
})
