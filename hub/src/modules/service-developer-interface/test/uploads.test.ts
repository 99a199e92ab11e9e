import { once } from 'node:events'
import { readFile, readdir } from 'node:fs/promises'
import { request, type IncomingMessage } from 'node:http'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { until } from '../../../../../test/support/until.ts'
import { houses, sha256 } from './house.ts'

const house = houses()

describe('uploading a file', () => {
  it('stores it once under its digest', async () => {
    const { call, blobs } = await house()
    const content = Buffer.from('hello')
    const digest = sha256(content)
    expect(await call('dora', 'PUT', `/blobs/${digest}`, content)).toMatchObject({
      status: 201,
      body: { digest, size: 5 },
    })
    expect(await call('dave', 'PUT', `/blobs/${digest}`, content)).toMatchObject({
      status: 200,
      body: { digest, size: 5 },
    })
    expect(await readFile((await blobs.stat(digest))!.path, 'utf8')).toBe('hello')
  })

  it('takes the empty file', async () => {
    const { call, blobs } = await house()
    const digest = sha256('')
    expect((await call('dora', 'PUT', `/blobs/${digest}`, Buffer.alloc(0))).status).toBe(201)
    expect(await blobs.stat(digest)).toMatchObject({ size: 0 })
  })

  it('refuses content that is not what the digest says, and keeps none of it', async () => {
    const { call, blobs } = await house()
    const digest = sha256('other')
    const refused = await call('dora', 'PUT', `/blobs/${digest}`, Buffer.from('hello'))
    expect(refused).toMatchObject({ status: 422, body: { type: '/problems/content-mismatch' } })
    expect(await blobs.stat(digest)).toBeNull()
  })

  it.each([
    ['a digest that is none', `/blobs/${'A'.repeat(64)}`, {}, 400],
    ['another media type', `/blobs/${sha256('x')}`, { 'content-type': 'text/plain' }, 415],
    ['too large a size', `/blobs/${sha256('x')}`, { 'content-length': String(5 * 1024 ** 3) }, 413],
  ])('refuses %s', async (_, path, headers, status) => {
    const { call } = await house()
    expect((await call('dora', 'PUT', path, Buffer.from('x'), headers)).status).toBe(status)
  })

  it('is for developers', async () => {
    const { call } = await house()
    expect((await call('sam', 'PUT', `/blobs/${sha256('x')}`, Buffer.from('x'))).status).toBe(403)
    expect((await call('sam', 'POST', '/blobs/missing', { digests: [] })).status).toBe(403)
    expect((await call('nobody', 'PUT', `/blobs/${sha256('x')}`, Buffer.from('x'))).status).toBe(401)
  })
})

describe('uploading over a connection', () => {
  /** PUT with a body that the test writes itself. */
  const put = (port: number, digest: string, length: number) =>
    request({
      port,
      method: 'PUT',
      path: `/api/v1/blobs/${digest}`,
      headers: { authorization: 'Bearer dora', 'content-type': 'application/octet-stream', 'content-length': length },
    })

  it('streams what is larger than any JSON body', async () => {
    const { listen, blobs } = await house()
    const content = Buffer.alloc(20 * 1024 * 1024, 'sutler')
    const sending = put(await listen(), sha256(content), content.length)
    sending.end(content)
    const [answer] = (await once(sending, 'response')) as [IncomingMessage]
    expect(answer.statusCode).toBe(201)
    answer.resume()
    expect(await blobs.stat(sha256(content))).toMatchObject({ size: content.length })
  })

  it('that breaks in the middle leaves nothing behind', async () => {
    const { listen, blobs, file } = await house()
    const store = dirname(dirname((await blobs.stat((await file('a', 'a')).digest))!.path))
    const drafts = () => readdir(join(store, 'incoming'))
    const sending = put(await listen(), sha256('whatever'), 1_000_000)
    sending.on('error', () => {})
    sending.write(Buffer.alloc(100_000))
    await until(async () => (await drafts()).length === 1)
    sending.destroy()
    await until(async () => (await drafts()).length === 0)
    expect(await blobs.stat(sha256('whatever'))).toBeNull()
  })
})

describe('asking what is missing', () => {
  it('names each missing digest once', async () => {
    const { call, file } = await house()
    const there = await file('a', 'a')
    const [one, two] = [sha256('one'), sha256('two')]
    const answer = await call('dora', 'POST', '/blobs/missing', { digests: [one, there.digest, two, one] })
    expect(answer).toMatchObject({ status: 200, body: { missing: [one, two] } })
  })

  it('is bounded, and refuses what is no digest', async () => {
    const { call } = await house()
    const many = Array.from({ length: 10_001 }, (_, at) => sha256(String(at)))
    expect((await call('dora', 'POST', '/blobs/missing', { digests: many })).status).toBe(400)
    const refused = await call('dora', 'POST', '/blobs/missing', { digests: [sha256('a'), '../../etc'] })
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ pointer: '/digests/1' }] } })
  })
})

describe('files of a published component', () => {
  it('are found through its manifest, and nothing else is', async () => {
    const { call, file, definitions } = await house()
    await call('dora', 'POST', '/services', { id: 'radio', title: 'Radio' })
    const [listed, unlisted] = [await file('index.html', 'page'), await file('secret', 'secret')]
    const components = [{ name: 'app', deviceClass: 'phone', files: [listed] }]
    const { body } = await call('dora', 'POST', '/services/radio/versions', { version: '1.0.0', components })
    const manifest = body.components[0].manifest.digest
    const found = await definitions.fileIn(manifest, listed.digest)
    expect(await readFile(found!.path, 'utf8')).toBe('page')
    expect(found!.size).toBe(4)
    expect(await definitions.fileIn(manifest, unlisted.digest)).toBeNull()
    // A blob that reads like a manifest is none before a published component has it.
    expect(await definitions.fileIn(listed.digest, listed.digest)).toBeNull()
    const known = await definitions.manifest(manifest)
    expect(known!.files).toEqual(new Map([[listed.digest, 4]]))
  })
})
