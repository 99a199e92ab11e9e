import { createServer, type Server } from 'node:http'
import { createServer as createSilentServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { answer, ApiError, type Schemas } from '@sutler/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { patience } from '../journeys/household.ts'
import { hubForThisFile } from '../support/composed-hub.ts'
import { startSlapd, type Slapd } from '../support/slapd.ts'

/** Directories of people: OpenLDAP's slapd, one over HTTP, and ones that do not answer. */

const hub = hubForThisFile({ clock: systemClock, env: { SUTLER_DIRECTORIES_PRIVATE: 'allow' } })
let slapd: Slapd
let web: Server
const asked: { url: string; authorization: string | undefined }[] = []

beforeAll(async () => {
  slapd = await startSlapd()
  web = createServer(({ url = '', headers }, response) => {
    asked.push({ url, authorization: headers.authorization })
    const person = { key: 7, display: 'Ada Augusta', contact: { mail: 'not an address' } }
    const one = url.startsWith('/people/')
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(one ? person : { found: [person, { key: 8 }, 'nonsense'] }))
  })
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve))
}, patience)

afterAll(async () => {
  await slapd?.stop()
  web?.closeAllConnections()
  web?.close()
}, patience)

type NewDirectory = Schemas['NewDirectory']

const ldap = (name: string, url: string, settings: object = {}, secret: string | null = slapd.admin.password) =>
  ({
    kind: 'ldap',
    name,
    url,
    secret,
    settings: { base: slapd.base, bindDn: slapd.admin.dn, cacheSeconds: 0, timeoutSeconds: 10, ...settings },
  }) as unknown as NewDirectory

async function added(body: NewDirectory): Promise<string> {
  return answer(await hub.api.POST('/api/v1/directories', { body })).id
}

async function removed(id: string): Promise<void> {
  await hub.api.DELETE('/api/v1/directories/{id}', { params: { path: { id } } })
}

async function tested(id: string, q: string) {
  return answer(await hub.api.POST('/api/v1/directories/{id}/test', { params: { path: { id } }, body: { q } }))
}

async function outside(q: string) {
  return answer(await hub.api.GET('/api/v1/search', { params: { query: { q, outside: 'true' } } })).outside
}

test('people are found over TLS, over StartTLS and without, by name, address and log-in name', async () => {
  for (const [name, url, settings] of [
    ['TLS', slapd.secure, { authority: slapd.authority }],
    ['StartTLS', slapd.plain, { startTls: true, authority: slapd.authority }],
    ['plain', slapd.plain, {}],
  ] as const) {
    const id = await added(ldap(name, url, settings))
    for (const q of ['ada', 'byron', 'ADA@example.org']) {
      const [found] = await outside(q)
      expect([name, found?.why, found?.people]).toEqual([
        name,
        null,
        [{ entry: expect.stringMatching(/^[0-9a-f-]{36}$/), name: 'Ada Byron', email: 'ada@example.org', user: null }],
      ])
    }
    // What means something in a filter is a text like any other, and a name with a bell in it is none.
    for (const q of ['**', ')(uid=*', '* (sky', '\\2a']) {
      const names = (await tested(id, q)).people.map((each) => each.name)
      expect([q, names]).toEqual([q, q === '* (sky' ? ['Star * (Sky)'] : []])
    }
    await removed(id)
  }
})

test('what goes wrong with a directory is said in words, without its secret', async () => {
  const wrong = 'another password'
  const cases: [NewDirectory, RegExp][] = [
    [ldap('password', slapd.plain, {}, wrong), /credentials/i],
    [ldap('base', slapd.plain, { base: 'dc=elsewhere' }), /no such base/],
    [ldap('stranger', slapd.secure), /self.signed|certificate/i],
    [ldap('nobody', 'ldap://127.0.0.1:1'), /ECONNREFUSED|refused/i],
  ]
  for (const [body, why] of cases) {
    const id = await added(body)
    const result = await tested(id, 'ada')
    expect([body.name, result.answered, result.why]).toEqual([body.name, false, expect.stringMatching(why)])
    expect(JSON.stringify(result)).not.toContain(wrong)
    const shown = await hub.api.GET('/api/v1/directories/{id}', { params: { path: { id } } })
    expect(JSON.stringify(answer(shown))).not.toContain(wrong)
    await removed(id)
  }
})

test('a directory that hangs holds up nobody: the others answer, and it is named', async () => {
  const sockets = new Set<{ destroy(): void }>()
  const silent = createSilentServer((socket) => void sockets.add(socket))
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const { port } = silent.address() as AddressInfo
  const ids = [
    await added(ldap('A that hangs', `ldap://127.0.0.1:${port}`, { timeoutSeconds: 0.3 })),
    await added(ldap('B', slapd.plain)),
  ]
  const [hanging, good] = await outside('ada')
  expect(hanging).toMatchObject({
    name: 'A that hangs',
    answered: false,
    why: expect.stringContaining('300 ms'),
    people: [],
  })
  expect(good).toMatchObject({ name: 'B', answered: true, people: [{ name: 'Ada Byron' }] })
  const connections = sockets.size
  expect((await outside('ada'))[0]?.answered).toBe(false)
  // It was left alone for a while.
  expect(sockets.size).toBe(connections)
  for (const socket of sockets) socket.destroy()
  silent.close()
  for (const id of ids) await removed(id)
})

test('a person is taken over, and follows the directory from then on', async () => {
  const id = await added(ldap('People', slapd.plain))
  const [found] = await outside('byron')
  const from = { directory: id, entry: found!.people[0]!.entry }
  const user = answer(await hub.api.POST('/api/v1/users', { body: { from } }))
  expect(user).toMatchObject({ name: 'Ada Byron', email: 'ada@example.org' })
  expect((await outside('byron'))[0]?.people[0]?.user).toBe(user.id)
  const again = hub.api.POST('/api/v1/users', { body: { from } }).catch((error: unknown) => (error as ApiError).code)
  expect(await again).toBe('directory-entry-adopted')
  const nobody = { directory: id, entry: 'nobody' }
  expect(
    await hub.api.POST('/api/v1/users', { body: { from: nobody } }).catch((error: unknown) => (error as ApiError).code),
  ).toBe('directory-entry-unknown')
  slapd.modify(`dn: uid=ada,${slapd.base}\nchangetype: modify\nreplace: cn\ncn: Ada Lovelace\n`)
  await outside('lovelace')
  const path = { path: { id: user.id } }
  expect(answer(await hub.api.GET('/api/v1/users/{id}', { params: path })).name).toBe('Ada Lovelace')
  const history = answer(await hub.api.GET('/api/v1/users/{id}/history', { params: path })).items
  expect(history[0]).toMatchObject({ owner: 'directory', changes: [{ before: 'Ada Byron', after: 'Ada Lovelace' }] })
  await removed(id)
  expect(answer(await hub.api.GET('/api/v1/users/{id}', { params: path })).name).toBe('Ada Lovelace')
})

test('a directory over HTTP is asked with its token; what is no person in its answer is passed over', async () => {
  const at = `http://127.0.0.1:${(web.address() as AddressInfo).port}`
  const attributes = { id: '/key', name: '/display', email: '/contact/mail' }
  const settings = { items: '/found', entryUrl: `${at}/people/{id}`, attributes }
  const body = {
    kind: 'http',
    name: 'CRM',
    url: `${at}/find?q={q}`,
    secret: 'tok',
    settings,
  } as unknown as NewDirectory
  const id = await added(body)
  const [found] = await outside('a&b')
  expect(found?.people).toEqual([{ entry: '7', name: 'Ada Augusta', email: null, user: null }])
  expect(asked.at(-1)).toEqual({ url: '/find?q=a%26b', authorization: 'Bearer tok' })
  // From memory.
  const before = asked.length
  await outside('A&B')
  expect(asked.length).toBe(before)
  const user = answer(await hub.api.POST('/api/v1/users', { body: { from: { directory: id, entry: '7' } } }))
  expect([user.name, asked.at(-1)?.url]).toEqual(['Ada Augusta', '/people/7'])
  await removed(id)
})

test('a directory that cannot be used is refused with its place', async () => {
  const cases: [object, string][] = [
    [ldap('x', slapd.plain, { filter: '(cn=all)' }), '/settings/filter'],
    [ldap('x', slapd.plain, { filter: '(cn={q}' }), '/settings/filter'],
    [ldap('x', 'ldap://h/dc=x'), '/url'],
    [ldap('x', 'ldap://user:password@h'), '/url'],
    [{ kind: 'http', name: 'x', url: 'https://x.example/', settings: {} }, '/url'],
    [{ kind: 'http', name: 'x', url: 'file:///{q}', settings: {} }, '/url'],
    [
      { kind: 'http', name: 'x', url: 'https://x.example/{q}', settings: { entryUrl: 'https://y.example/{id}' } },
      '/settings/entryUrl',
    ],
  ]
  for (const [body, pointer] of cases) {
    const refused = await hub.api
      .POST('/api/v1/directories', { body: body as NewDirectory })
      .catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(ApiError)
    expect([body, (refused as ApiError).places[0]?.pointer]).toEqual([body, pointer])
  }
})
