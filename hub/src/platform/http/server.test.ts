import { once } from 'node:events'
import { request, type OutgoingHttpHeaders } from 'node:http'
import { connect as connectSocket } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { accessFor, principal } from '../../../../test/support/access.ts'
import { testDatabase, type TestDatabase } from '../../../../test/support/database.ts'
import { manualClock } from '../../../../test/support/manual-clock.ts'
import { notFound } from '../access.ts'
import { CallerError } from '../errors.ts'
import { silentLog } from '../log.ts'
import { createMetrics } from '../metrics.ts'
import { api, endpoint, valid } from './api.ts'
import { uploadStream } from './bindings.ts'
import { rememberAnswer } from './idempotency.ts'
import { createWebServer, type WebServer } from './server.ts'
import { testAuthority } from '../../../../test/support/authority.ts'
import { withoutTls } from '../../../../test/support/handshakes.ts'

let database: TestDatabase
let server: WebServer
let port: number
const clock = manualClock()
let brokerUp = true
let gate: Promise<void> = Promise.resolve()

function notes() {
  const app = api()
  const body = z.object({ text: z.string().max(2_000_000) })
  const note = z.object({ id: z.number(), text: z.string() }).meta({ id: 'Note', description: 'A note' })
  app.post(
    '/notes',
    ...endpoint({
      id: 'createNote',
      summary: 'Write a note',
      tag: 'notes',
      action: 'order.write',
      body,
      answer: { status: 201, schema: note },
      problems: [notFound],
    }),
    async (c) => {
      await gate
      const { text } = valid(c, 'json')
      if (text === 'broken') throw new TypeError('inner secret')
      if (text === 'refused') return c.json({ no: true }, 409)
      return database.transaction(async (tx) => {
        const [row] = await tx.sql<{ id: number }[]>`insert into note (text) values (${text}) returning id`
        const answer = { id: row!.id, text }
        if (text !== 'forgotten') await rememberAnswer(c, tx, 201, answer)
        return c.json(answer, 201)
      })
    },
  )
  app.get(
    '/notes/:id',
    ...endpoint({
      id: 'readNote',
      summary: 'Read a note',
      tag: 'notes',
      params: z.object({ id: z.coerce.number() }),
      answer: { status: 200, schema: note },
    }),
    (c) => c.json({ id: valid(c, 'param').id, text: c.get('principal').name }),
  )
  app.put(
    '/files/:name',
    ...endpoint({
      id: 'upload',
      summary: 'Upload',
      tag: 'notes',
      upload: 'application/octet-stream',
      answer: { status: 200, schema: null },
    }),
    async (c) => {
      let length = 0
      for await (const chunk of uploadStream(c)) {
        length += chunk.length
        if (c.req.param('name') === 'refused') throw new CallerError(notFound, 'not wanted')
      }
      return c.json({ length })
    },
  )
  app.get(
    '/open',
    ...endpoint({
      id: 'open',
      summary: 'Open to all',
      tag: 'notes',
      security: 'none',
      answer: { status: 200, schema: null },
    }),
    (c) => c.json({ open: true }),
  )
  app.get('/plain', (c) => c.text('plain'))
  return app
}

beforeAll(async () => {
  database = await testDatabase({ tenant: 'main' })
  await database.owner.sql`create table note (id int generated always as identity, text text)`
  await database.owner.sql`grant all on note to public`
  server = createWebServer({
    hubId: () => 'hub-test',
    version: '0.0.0',
    access: accessFor(principal('ann'), principal('bob', { roles: ['sponsor'] })),
    database,
    clock,
    log: silentLog,
    metrics: createMetrics(),
    modules: [notes()],
    raw: [],
    retention: 86_400_000,
    abandonedAfter: 60_000,
    bodyLimit: 1024 * 1024,
    bodyDeadline: 10_000,
    connectionLimit: 1000,
    ...withoutTls,
    ready: {
      database: () => database.sql`select 1`,
      broker: async () => {
        if (!brokerUp) throw new Error('down')
      },
    },
  })
  port = await server.listenPlain(0)
})
afterAll(async () => {
  await server.close(1000)
  await database.close()
})

const url = (path: string) => `http://127.0.0.1:${port}${path}`
const as = (who: string, headers: Record<string, string> = {}) => ({ authorization: `Bearer ${who}`, ...headers })
const write = (text: string, headers: Record<string, string>, who = 'ann') =>
  fetch(url('/api/v1/notes'), {
    method: 'POST',
    headers: as(who, { 'content-type': 'application/json', ...headers }),
    body: JSON.stringify({ text }),
  })
const count = async (text: string) =>
  (await database.sql<{ n: number }[]>`select count(*)::int as n from note where text = ${text}`)[0]!.n

describe('authentication', () => {
  test.each([
    ['/api/v1/notes/1', 401],
    ['/api/v1/plain', 401],
    ['/api/v1/%6Eotes/1', 401],
    ['/api/v1/notes%2F1', 404],
    ['/metrics', 401],
  ])('guards %s', async (path, status) => {
    const answer = await fetch(url(path))
    expect(answer.status).toBe(status)
    expect(answer.headers.get('www-authenticate')).toBe(status === 401 ? 'Bearer' : null)
    expect(await answer.json()).toMatchObject({ status })
  })

  test('lets in who is known, and everyone where the endpoint says so', async () => {
    expect(await (await fetch(url('/api/v1/notes/1'), { headers: as('ann') })).json()).toEqual({ id: 1, text: 'ann' })
    expect(await (await fetch(url('/api/v1/plain'), { headers: as('ann') })).text()).toBe('plain')
    expect((await fetch(url('/api/v1/open'))).status).toBe(200)
    expect((await fetch(url('/metrics'), { headers: as('bob') })).status).toBe(403)
    expect(await (await fetch(url('/metrics'), { headers: as('ann') })).text()).toContain(
      'sutler_http_requests_total{class="2xx"}',
    )
  })
})

describe('unknown places', () => {
  test('are problems, and a wrong method names the right ones', async () => {
    const nowhere = await fetch(url('/api/v1/nowhere'), { headers: as('ann') })
    expect(nowhere.status).toBe(404)
    expect(await nowhere.json()).toMatchObject({ type: '/problems/no-such-route', instance: '/api/v1/nowhere' })
    const wrong = await fetch(url('/api/v1/notes'), { method: 'DELETE', headers: as('ann') })
    expect(wrong.status).toBe(405)
    expect(wrong.headers.get('allow')).toBe('POST')
  })
})

describe('a body', () => {
  const send = (headers: OutgoingHttpHeaders, chunks: Buffer[]) =>
    new Promise<{ status: number; text: string }>((resolve, reject) => {
      const out = request(
        url('/api/v1/notes'),
        { method: 'POST', headers: { ...as('ann'), 'content-type': 'application/json', ...headers } },
        (answer) => {
          let text = ''
          answer
            .setEncoding('utf8')
            .on('data', (part: string) => (text += part))
            .on('end', () => resolve({ status: answer.statusCode!, text }))
        },
      )
      out.on('error', reject)
      for (const chunk of chunks) out.write(chunk)
      out.end()
    })

  test('that declares too much is refused before it is sent', async () => {
    const socket = connectSocket(port, '127.0.0.1')
    socket.write(
      'POST /api/v1/notes HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 20000000\r\n\r\n',
    )
    const [head] = (await once(socket, 'data')) as [Buffer]
    expect(head.toString()).toMatch(/^HTTP\/1.1 413 [^]*connection: close[^]*body-too-large/)
    socket.destroy()
  })

  test('that comes in chunks is cut at the limit', async () => {
    const { status, text } = await send(
      { 'transfer-encoding': 'chunked' },
      Array.from({ length: 40 }, () => Buffer.alloc(64 * 1024, 32)),
    )
    expect(status).toBe(413)
    expect(JSON.parse(text)).toMatchObject({ type: '/problems/body-too-large', status: 413 })
  })

  test('just under the limit is taken', async () => {
    expect((await write('x'.repeat(1024 * 1024 - 20), {})).status).toBe(201)
  })

  test('that is an upload is not bounded here and not buffered', async () => {
    const answer = await fetch(url('/api/v1/files/a'), {
      method: 'PUT',
      headers: as('ann', { 'content-type': 'application/octet-stream' }),
      body: Buffer.alloc(5_000_000),
    })
    expect(await answer.json()).toEqual({ length: 5_000_000 })
  })

  test('that is an upload may be refused before it is whole, and the answer arrives', async () => {
    const answer = await fetch(url('/api/v1/files/refused'), {
      method: 'PUT',
      headers: as('ann', { 'content-type': 'application/octet-stream' }),
      body: Buffer.alloc(3_000_000),
    })
    expect(answer.status).toBe(404)
    expect(await answer.json()).toMatchObject({ detail: 'not wanted' })
  })

  test('that stops in the middle harms nobody else', async () => {
    const socket = connectSocket(port, '127.0.0.1')
    socket.write(
      'POST /api/v1/notes HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"te',
    )
    await new Promise((resolve) => socket.once('connect', resolve))
    socket.destroy()
    expect((await write('after', {})).status).toBe(201)
  })
})

describe('a request with an Idempotency-Key', () => {
  test('is worked on once and answered alike', async () => {
    const first = await write('once', { 'idempotency-key': 'k1' })
    const second = await write('once', { 'idempotency-key': 'k1' })
    expect(first.status).toBe(201)
    expect(second.status).toBe(201)
    expect(await second.json()).toEqual(await first.json())
    expect(second.headers.get('idempotency-replayed')).toBe('true')
    expect(await count('once')).toBe(1)
  })

  test('is remembered also where the endpoint does not do so itself', async () => {
    const first = await write('forgotten', { 'idempotency-key': 'k2' })
    expect(await (await write('forgotten', { 'idempotency-key': 'k2' })).json()).toEqual(await first.json())
    expect(await count('forgotten')).toBe(1)
  })

  test('refuses another body under the same key, and keeps the keys of principals apart', async () => {
    await write('mine', { 'idempotency-key': 'k3' })
    const other = await write('other', { 'idempotency-key': 'k3' })
    expect(other.status).toBe(422)
    expect(await other.json()).toMatchObject({ type: '/problems/idempotency-key-reused' })
    expect((await write('other', { 'idempotency-key': 'k3' }, 'bob')).status).toBe(201)
  })

  test('says so while the first is still being worked on', async () => {
    let open = (): void => {}
    gate = new Promise((resolve) => (open = resolve))
    const first = write('slow', { 'idempotency-key': 'k4' })
    const second = await write('slow', { 'idempotency-key': 'k4' }).then(async (answer) => {
      // Whichever came second is refused at once; the other waits for the gate.
      return answer
    })
    expect(second.status).toBe(409)
    open()
    expect((await first).status).toBe(201)
    expect(await count('slow')).toBe(1)
  })

  test('that failed or was refused may be tried again', async () => {
    expect((await write('refused', { 'idempotency-key': 'k5' })).status).toBe(409)
    expect((await write('refused', { 'idempotency-key': 'k5' })).headers.get('idempotency-replayed')).toBeNull()
    expect((await write('broken', { 'idempotency-key': 'k6' })).status).toBe(500)
    expect((await write('broken', { 'idempotency-key': 'k6' })).status).toBe(500)
  })

  test('whose hub died is taken over after a while; the late first one is undone', async () => {
    let open = (): void => {}
    gate = new Promise((resolve) => (open = resolve))
    const first = write('late', { 'idempotency-key': 'k7' })
    // The first has its row.
    while ((await database.sql`select 1 from platform_idempotency where key = 'k7'`).length === 0)
      await new Promise(setImmediate)
    clock.advance(61_000)
    gate = Promise.resolve()
    expect((await write('late', { 'idempotency-key': 'k7' })).status).toBe(201)
    open()
    expect((await first).status).toBe(409)
    expect(await count('late')).toBe(1)
  })

  test('must be printable', async () => {
    expect((await write('x', { 'idempotency-key': 'a b' })).status).toBe(400)
  })

  test('is forgotten after the retention', async () => {
    clock.advance(86_400_001 + 61_000)
    expect(await server.idempotency.sweep()).toBeGreaterThan(0)
    expect(await server.idempotency.sweep()).toBe(0)
  })
})

describe('operations', () => {
  test('tell the hub’s time and id', async () => {
    expect(await (await fetch(url('/healthz'))).json()).toEqual({
      status: 'ok',
      time: new Date(clock.now()).toISOString(),
      hub: 'hub-test',
    })
  })

  test('tell what is not ready', async () => {
    expect((await fetch(url('/readyz'))).status).toBe(200)
    brokerUp = false
    const answer = await fetch(url('/readyz'))
    brokerUp = true
    expect(answer.status).toBe(503)
    expect(await answer.json()).toMatchObject({ type: '/problems/not-ready', detail: 'Not ready: broker.' })
  })
})

describe('documentation', () => {
  test('is made from the code, the same each time', async () => {
    const document = await server.openApi()
    expect(document.openapi).toBe('3.1.0')
    expect(Object.keys(document.paths)).toEqual(Object.keys(document.paths).toSorted())
    expect(document.paths['/api/v1/notes']?.['post']).toMatchObject({
      operationId: 'createNote',
      tags: ['notes'],
      'x-action': 'order.write',
      security: [{ bearer: [] }, { cookie: [] }],
    })
    expect(document.paths['/api/v1/open']?.['get']?.security).toEqual([])
    expect(document.components.schemas['Note']).toMatchObject({ description: 'A note' })
    expect(await (await fetch(url('/openapi.json'))).json()).toEqual(JSON.parse(JSON.stringify(document)))
  })

  test('is a page without script and without anything from elsewhere', async () => {
    const answer = await fetch(url('/docs'))
    const text = await answer.text()
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(text).not.toMatch(/<script|https?:\/\/(?!www\.rfc)/)
    for (const part of [
      'at most 2000000 characters',
      'Write a note',
      '/api/v1/notes',
      'href="/problems/not-found"',
      'href="#type-Note"',
    ])
      expect(text).toContain(part)
  })

  test('has a page per problem', async () => {
    const answer = await fetch(url('/problems/body-too-large'))
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain('What to do')
    expect((await fetch(url('/problems/%3Cscript%3E'))).status).toBe(404)
    expect((await fetch(url('/problems'))).status).toBe(200)
  })
})

test('a taken port is named', async () => {
  const authority = testAuthority()
  const second = createWebServer({
    hubId: () => 'x',
    version: '0',
    access: accessFor(),
    database,
    clock,
    log: silentLog,
    metrics: createMetrics(),
    modules: [],
    raw: [],
    retention: 1,
    abandonedAfter: 1,
    bodyLimit: 1,
    bodyDeadline: 1,
    connectionLimit: 1,
    ...withoutTls,
    ready: {},
  })
  await expect(second.listenPlain(port)).rejects.toMatchObject({
    code: 'port-in-use',
    message: expect.stringContaining(`127.0.0.1:${port}`),
  })
  await expect(
    second.listen('203.0.113.1', 0, { server: authority.server(), authority: authority.root }),
  ).rejects.toMatchObject({ code: 'address-unusable' })
})
