import { once } from 'node:events'
import { readFile, readdir } from 'node:fs/promises'
import { request, type IncomingMessage } from 'node:http'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { manualClock } from '../../../../../test/support/manual-clock.ts'
import { until } from '../../../../../test/support/until.ts'
import { partialUploads } from '../../../platform/partial-uploads.ts'
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

describe('a file that is sent in pieces', () => {
  const content = Buffer.from('0123456789')
  const digest = sha256(content)
  const at = `/blobs/${digest}/upload`
  const send = (house: Awaited<ReturnType<typeof begun>>, from: number, to: number, who = 'dora', size = 10) =>
    house.call(who, 'PATCH', `${at}?offset=${from}&size=${size}`, content.subarray(from, to))
  const begun = house

  it('is stored with its last piece, and each says where the next one begins', async () => {
    const here = await begun()
    expect((await here.call('dora', 'GET', at)).body).toEqual({ digest, offset: 0, complete: false })
    expect((await send(here, 0, 4)).body).toEqual({ digest, offset: 4, complete: false })
    expect((await here.call('dora', 'GET', at)).body).toEqual({ digest, offset: 4, complete: false })
    expect(await here.blobs.stat(digest)).toBeNull()
    expect((await send(here, 4, 10)).body).toEqual({ digest, offset: 10, complete: true })
    expect(await readFile((await here.blobs.stat(digest))!.path, 'utf8')).toBe('0123456789')
    expect((await here.call('dave', 'GET', at)).body).toEqual({ digest, offset: 10, complete: true })
    expect(await readdir(join(here.blobs.partialDirectory, (await readdir(here.blobs.partialDirectory))[0]!))).toEqual(
      [],
    )
  })

  it('keeps what came of a piece that was cut', async () => {
    const here = await begun()
    const port = await here.listen()
    const sending = request({
      port,
      method: 'PATCH',
      path: `/api/v1${at}?offset=0&size=10`,
      headers: { authorization: 'Bearer dora', 'content-type': 'application/octet-stream', 'content-length': '10' },
    })
    sending.on('error', () => {})
    sending.write(content.subarray(0, 7))
    const offset = () => here.call('dora', 'GET', at).then(({ body }) => body.offset as number)
    await until(async () => (await offset()) === 7)
    sending.destroy()
    const answered = await until(async () => {
      const answer = await send(here, 7, 10)
      return answer.status === 200 ? answer : null
    })
    expect(answered.body).toEqual({ digest, offset: 10, complete: true })
  })

  it('goes on only from where it stopped, and is each sender’s own', async () => {
    const here = await begun()
    await send(here, 0, 4)
    const wrong = await send(here, 5, 10)
    expect(wrong).toMatchObject({ status: 409, body: { type: '/problems/upload-offset-wrong' } })
    expect(wrong.body.detail).toContain('4 bytes')
    expect((await here.call('dave', 'GET', at)).body.offset).toBe(0)
  })

  it('is thrown away when it is not what its digest says, too long, or given up', async () => {
    const here = await begun()
    const other = await here.call('dora', 'PATCH', `${at}?offset=0&size=3`, Buffer.from('abc'))
    expect(other).toMatchObject({ status: 422, body: { type: '/problems/content-mismatch' } })
    expect((await here.call('dora', 'GET', at)).body.offset).toBe(0)
    expect((await send(here, 0, 10, 'dora', 5)).body.type).toBe('/problems/content-mismatch')
    expect((await here.call('dora', 'PATCH', `${at}?offset=0&size=5000`, content)).status).toBe(413)
    await here.call('dora', 'DELETE', at)
    await send(here, 0, 4)
    expect((await here.call('dora', 'DELETE', at)).status).toBe(204)
    expect((await here.call('dora', 'GET', at)).body.offset).toBe(0)
  })

  it('is one of sixteen at most that a person leaves unfinished', async () => {
    const { call } = await begun()
    const begin = (text: string) =>
      call('dora', 'PATCH', `/blobs/${sha256(text)}/upload?offset=0&size=9`, Buffer.from('a'))
    for (let count = 0; count < 16; count++) expect((await begin(`file ${count}`)).status).toBe(200)
    expect(await begin('one more')).toMatchObject({ status: 429, body: { type: '/problems/too-many-uploads' } })
  })

  it('is forgotten when nobody has gone on with it for a day', async () => {
    const here = await begun()
    await send(here, 0, 4)
    const partial = (ahead: number) =>
      partialUploads({
        directory: here.blobs.partialDirectory,
        clock: manualClock(Date.now() + ahead),
        maxBytes: 10,
        stallDeadline: 1_000,
      })
    expect(await partial(23 * 3_600_000).sweep()).toBe(0)
    expect(await partial(25 * 3_600_000).sweep()).toBe(1)
    expect((await here.call('dora', 'GET', at)).body.offset).toBe(0)
  })

  it('is nobody’s who does not publish', async () => {
    const here = await begun()
    expect((await send(here, 0, 4, 'sam')).status).toBe(403)
    expect((await here.call('sam', 'GET', at)).status).toBe(403)
  })
})
