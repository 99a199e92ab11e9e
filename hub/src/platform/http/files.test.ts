import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { createServer, request, type IncomingMessage, type Server } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { manualClock } from '../../../../test/support/manual-clock.ts'
import { until } from '../../../../test/support/until.ts'
import { forbidden } from '../access.ts'
import { CallerError } from '../errors.ts'
import { silentLog } from '../log.ts'
import type { Incoming } from './bindings.ts'
import { createFilesHandler } from './files.ts'

const manifest = 'a'.repeat(64)
const clock = manualClock()
const contents = new Map<string, Buffer>()
/** Digests of patches, by those of the files. */
const patches = new Map<string, string>()
let directory: string
let server: Server
let port: number

async function store(bytes: Buffer): Promise<string> {
  const digest = createHash('sha256').update(bytes).digest('hex')
  contents.set(digest, bytes)
  await writeFile(join(directory, digest), bytes)
  return digest
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sutler-files-'))
  const handle = createFilesHandler({
    log: silentLog,
    clock,
    openLimit: 3,
    minimumRate: 8192,
    grace: 10_000,
    authorise: async (_manifest, digest, query) => {
      if (query.get('m') !== 'good') throw new CallerError(forbidden, 'The link is not good.')
      return { path: join(directory, digest), size: contents.get(digest)?.length ?? 5 }
    },
    patch: async (_manifest, digest, from) => {
      const patch = patches.get(`${from} ${digest}`)
      return patch === undefined
        ? null
        : { path: join(directory, patch), size: contents.get(patch)!.length, digest: patch }
    },
  })
  server = createServer((incoming: Incoming, outgoing) => {
    if (!handle(incoming, outgoing)) outgoing.writeHead(299).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await rm(directory, { recursive: true })
})

const get = (digest: string, headers: Record<string, string> = {}, method = 'GET', query = 'm=good') =>
  fetch(`http://127.0.0.1:${port}/files/${manifest}/${digest}?${query}`, { method, headers })

describe('a file', () => {
  test.each([0, 1, 64 * 1024, 64 * 1024 + 1, 512 * 1024, 3_000_001])('of %i bytes arrives whole', async (size) => {
    const bytes = randomBytes(size)
    const digest = await store(bytes)
    const answer = await get(digest)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('etag')).toBe(`"${digest}"`)
    expect(answer.headers.get('accept-ranges')).toBe('bytes')
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true)
  })

  test('is sent from where a download stopped', async () => {
    const bytes = randomBytes(2_000_000)
    const digest = await store(bytes)
    const answer = await get(digest, { range: 'bytes=1500000-', 'if-range': `"${digest}"` })
    expect(answer.status).toBe(206)
    expect(answer.headers.get('content-range')).toBe('bytes 1500000-1999999/2000000')
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes.subarray(1_500_000))).toBe(true)
  })

  test('is sent whole when the part belongs to another one', async () => {
    const digest = await store(randomBytes(100))
    const answer = await get(digest, { range: 'bytes=50-', 'if-range': '"other"' })
    expect(answer.status).toBe(200)
    expect((await answer.arrayBuffer()).byteLength).toBe(100)
  })

  test('answers HEAD, 304 and 416 without content', async () => {
    const digest = await store(randomBytes(100))
    const head = await get(digest, {}, 'HEAD')
    expect([head.status, head.headers.get('content-length'), (await head.arrayBuffer()).byteLength]).toEqual([
      200,
      '100',
      0,
    ])
    expect((await get(digest, { 'if-none-match': `"${digest}"` })).status).toBe(304)
    const past = await get(digest, { range: 'bytes=100-' })
    expect([past.status, past.headers.get('content-range')]).toEqual([416, 'bytes */100'])
  })
})

describe('a patch to a file', () => {
  const from = 'b'.repeat(64)
  const offer = { 'accept-encoding': 'dcz', 'available-dictionary': `:${Buffer.from(from, 'hex').toString('base64')}:` }
  const bytes = randomBytes(1000)
  const whole = randomBytes(100_000)
  let digest: string
  let patch: string
  beforeAll(async () => {
    digest = await store(whole)
    patch = await store(bytes)
    patches.set(`${from} ${digest}`, patch)
  })

  test('is sent to who has the older one and takes it, as a representation of its own', async () => {
    const answer = await raw(digest, offer)
    expect(answer.status).toBe(200)
    expect(answer.headers).toMatchObject({ 'content-encoding': 'dcz', etag: `"${patch}"`, 'content-length': '1000' })
    expect(answer.headers['vary']).toBe('accept-encoding, available-dictionary')
    expect(answer.body.equals(bytes)).toBe(true)
    const head = await raw(digest, offer, 'HEAD')
    expect(head.headers).toMatchObject({ 'content-encoding': 'dcz', etag: `"${patch}"`, 'content-length': '1000' })
  })

  test('has ranges of its own', async () => {
    const rest = await raw(digest, { ...offer, range: 'bytes=900-', 'if-range': `"${patch}"` })
    expect(rest.status).toBe(206)
    expect(rest.headers).toMatchObject({ 'content-encoding': 'dcz', 'content-range': 'bytes 900-999/1000' })
    expect(rest.body.equals(bytes.subarray(900))).toBe(true)
    // What is there is part of the whole file: the patch is no continuation of it.
    const other = await raw(digest, { ...offer, range: 'bytes=900-', 'if-range': `"${digest}"` })
    expect([other.status, other.headers['content-length']]).toEqual([200, '1000'])
    const past = await raw(digest, { ...offer, range: 'bytes=1000-' })
    expect([past.status, past.headers['content-range'], past.headers['content-encoding']]).toEqual([
      416,
      'bytes */1000',
      undefined,
    ])
  })

  test('is not sent to who has another one, or does not take it: they get the file', async () => {
    const others = [
      {},
      { ...offer, 'accept-encoding': 'gzip' },
      { ...offer, 'available-dictionary': `:${'A'.repeat(43)}=:` },
    ]
    for (const headers of others) {
      const answer = await raw(digest, headers)
      expect(answer.headers).toMatchObject({ etag: `"${digest}"`, 'content-length': '100000' })
      expect(answer.headers['content-encoding']).toBeUndefined()
      expect(answer.headers['vary']).toBe('accept-encoding, available-dictionary')
    }
  })

  test('needs a good link like the file', async () => {
    expect((await raw(digest, offer, 'GET', 'm=bad')).status).toBe(403)
  })
})

/** As it comes: `fetch` would undo a coding, or stumble over it. */
async function raw(digest: string, headers: Record<string, string>, method = 'GET', query = 'm=good') {
  const asked = request({ port, method, path: `/files/${manifest}/${digest}?${query}`, headers })
  asked.end()
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  const pieces: Buffer[] = []
  for await (const piece of answer) pieces.push(piece as Buffer)
  return { status: answer.statusCode, headers: answer.headers, body: Buffer.concat(pieces) }
}

describe('a bad request for a file', () => {
  test('is a problem', async () => {
    const digest = await store(randomBytes(10))
    expect((await get(digest, {}, 'GET', 'm=bad')).status).toBe(403)
    expect((await get('not-a-digest')).status).toBe(404)
    expect((await get(digest, {}, 'DELETE')).status).toBe(405)
    expect((await get('f'.repeat(64))).status).toBe(503)
  })

  test('for one that is damaged on disk is not answered with what is left', async () => {
    const digest = await store(randomBytes(1000))
    await truncate(join(directory, digest), 999)
    const answer = await get(digest)
    expect(answer.status).toBe(503)
    expect(await answer.json()).toMatchObject({ type: '/problems/file-unreadable' })
  })
})

describe('a reader that does not read', () => {
  const stall = async (digest: string) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => {})
    socket.write(`GET /files/${manifest}/${digest}?m=good HTTP/1.1\r\nHost: a\r\n\r\n`)
    await once(socket, 'readable')
    return socket
  }

  test('is cut, and takes no more than its share of open files', async () => {
    const digest = await store(randomBytes(40_000_000))
    const stalled = [await stall(digest), await stall(digest), await stall(digest)]
    const refused = await get(digest)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '2'])
    await until(() => clock.waiting === 3)
    clock.advance(10_000 + (512 * 1024 * 1000) / 8192 + 1)
    for (const socket of stalled) {
      socket.resume()
      await until(() => socket.destroyed)
    }
    expect((await get(digest, { range: 'bytes=0-9' })).status).toBe(206)
  })
})
