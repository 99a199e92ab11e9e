import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
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
