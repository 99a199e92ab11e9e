import { expect, test } from 'vitest'
import { startHub, type TestHub } from './hub.ts'

const minute = 60_000
const own = { host: 'hub.test:8480', origin: 'http://hub.test:8480', 'sec-fetch-site': 'same-origin' }
const wrong = { status: 401, json: { type: '/problems/unauthenticated' } }
const foreign = { status: 403, json: { type: '/problems/foreign-origin' } }

/** Logs in as a browser does. @returns the headers of its next requests, and what the hub said of the cookie */
async function browser(hub: TestHub, headers: Record<string, string> = own) {
  const { name, password } = await hub.firstOperator()
  const answer = await hub.request('POST', '/browser/sessions', { body: { name, password }, headers })
  if (answer.status !== 201) throw new Error(answer.text)
  const set = answer.headers.get('set-cookie')!
  return { headers: { ...headers, cookie: set.split(';')[0]! }, set, answer }
}

test('a browser logs in with a cookie that no script can read and no other site makes it send', async () => {
  const hub = await startHub()
  const { headers, set, answer } = await browser(hub)
  expect(set).toMatch(/^sutler-session=suc_[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/)
  expect(answer.text).not.toContain('suc_')
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect((await hub.request('GET', '/me', { headers })).json).toMatchObject({ name: 'operator', kind: 'person' })
  expect((await hub.request('POST', '/households', { headers, body: { name: 'X', timeZone: 'UTC' } })).status).toBe(201)
})

test('over TLS the cookie is bound to its host, also where a proxy speaks TLS for the hub', async () => {
  const hub = await startHub()
  const { set, headers } = await browser(hub, { host: 'hub.example', origin: 'https://hub.example' })
  expect(set).toMatch(
    /^__Host-sutler-session=suc_[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
  )
  expect((await hub.request('GET', '/me', { headers })).status).toBe(200)
})

test('a browser’s token is none for programs, and the other way round', async () => {
  const hub = await startHub()
  const { headers } = await browser(hub)
  expect(await hub.request('GET', '/me', { token: headers.cookie.split('=')[1] })).toMatchObject(wrong)
  const cookie = `sutler-session=${await hub.operator()}`
  expect(await hub.request('GET', '/me', { headers: { ...own, cookie } })).toMatchObject(wrong)
})

test('what changes something must come from a page of the hub when a cookie says who asks', async () => {
  const hub = await startHub()
  const { headers } = await browser(hub)
  const { cookie, host } = headers as unknown as Record<string, string>
  const body = { name: 'X', timeZone: 'UTC' }
  const cases: Record<string, Record<string, string>> = {
    'no origin at all': {},
    'another site': { origin: 'http://evil.test' },
    'another port': { origin: 'http://hub.test:9999' },
    'no origin that can be told': { origin: 'null' },
    'a site below the same name': { origin: 'http://hub.test:8480.evil.test' },
    'a browser that says cross-site': { origin: own.origin, 'sec-fetch-site': 'cross-site' },
    'a browser that says same-site': { 'sec-fetch-site': 'same-site' },
  }
  for (const [what, more] of Object.entries(cases)) {
    const answer = await hub.request('POST', '/households', {
      headers: { cookie: cookie!, host: host!, ...more },
      body,
    })
    expect([what, answer.status, answer.json.type]).toEqual([what, 403, '/problems/foreign-origin'])
  }
  // A token in the header is never sent by a browser on its own: where it comes from does not matter.
  const token = await hub.operator()
  const elsewhere = { origin: 'http://evil.test', 'sec-fetch-site': 'cross-site' }
  expect((await hub.request('POST', '/households', { token, headers: elsewhere, body })).status).toBe(201)
})

test('nobody is logged in by a page elsewhere', async () => {
  const hub = await startHub()
  const { name, password } = await hub.firstOperator()
  const headers = { host: own.host, origin: 'http://evil.test' }
  expect(await hub.request('POST', '/browser/sessions', { headers, body: { name, password } })).toMatchObject(foreign)
  expect(await hub.request('POST', '/browser/setup', { headers, body: { token: 'x', name, password } })).toMatchObject(
    foreign,
  )
})

test('a browser in which nobody does anything for 30 minutes is logged out; one that is used stays, for 12 hours', async () => {
  const hub = await startHub()
  const [idle, used] = [await browser(hub), await browser(hub)]
  const ask = async ({ headers }: { headers: Record<string, string> }) =>
    (await hub.request('GET', '/me', { headers })).status
  for (let passed = 0; passed < 12 * 60; passed += 20) {
    expect([passed, await ask(used)]).toEqual([passed, 200])
    await hub.registration.writeUses()
    hub.clock.advance(20 * minute)
  }
  expect(await ask(used)).toBe(401)
  expect(await ask(idle)).toBe(401)
})

test('an idle browser is logged out after 30 minutes', async () => {
  const hub = await startHub()
  const { headers } = await browser(hub)
  hub.clock.advance(30 * minute - 1)
  expect((await hub.request('GET', '/me', { headers })).status).toBe(200)
  await hub.registration.writeUses()
  hub.clock.advance(30 * minute)
  expect(await hub.request('GET', '/me', { headers })).toMatchObject(wrong)
})

test('logging in again makes another token, and the former one ends', async () => {
  const hub = await startHub()
  const first = await browser(hub)
  const second = await browser(hub, first.headers)
  expect(second.headers.cookie).not.toBe(first.headers.cookie)
  expect(await hub.request('GET', '/me', { headers: first.headers })).toMatchObject(wrong)
  expect((await hub.request('GET', '/me', { headers: second.headers })).status).toBe(200)
})

test('logging out ends the session and takes the cookie away', async () => {
  const hub = await startHub()
  const { headers } = await browser(hub)
  const out = await hub.request('DELETE', '/sessions', { headers })
  expect(out.status).toBe(204)
  expect(out.headers.get('set-cookie')).toMatch(/^sutler-session=; Max-Age=0;/)
  expect(out.headers.get('clear-site-data')).toBe('"storage"')
  expect(await hub.request('GET', '/me', { headers })).toMatchObject(wrong)
})

test('people see where they are logged in, and end what is theirs only', async () => {
  const hub = await startHub()
  const { headers } = await browser(hub)
  const anna = await hub.person('anna', ['sponsor'])
  const { items } = (await hub.request('GET', '/sessions', { headers })).json
  const of = (kind: string) => items.find((session: { kind: string }) => session.kind === kind)
  expect([items.length, of('browser').current, of('token').current]).toEqual([2, true, false])
  const other = (await hub.request('GET', '/sessions', { token: anna.token })).json.items[0].id
  expect((await hub.request('DELETE', `/sessions/${other}`, { headers })).status).toBe(404)
  expect((await hub.request('DELETE', `/sessions/${of('token').id}`, { headers })).status).toBe(204)
  expect(await hub.request('GET', '/me', { token: await hub.operator() })).toMatchObject(wrong)
  expect((await hub.request('GET', '/sessions', { headers })).json.items).toHaveLength(1)
})

test('another password ends all sessions, of browsers and of programs', async () => {
  const hub = await startHub()
  const { headers } = await browser(hub)
  const { password: current, token } = await hub.firstOperator()
  const body = { current, next: 'another three words' }
  expect((await hub.request('PUT', '/me/password', { headers, body })).status).toBe(204)
  expect(await hub.request('GET', '/me', { headers })).toMatchObject(wrong)
  expect(await hub.request('GET', '/me', { token })).toMatchObject(wrong)
})
