import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { parseManifest } from '@sutler/wire'
import { describe, expect, it } from 'vitest'
import { houses, sha256, type House } from './house.ts'

const house = houses()

const composition = (files: readonly unknown[], change: object = {}) => ({
  version: '1.0.0',
  components: [{ name: 'app', deviceClass: 'phone', files }],
  ...change,
})

async function radio(): Promise<House> {
  const made = await house()
  const answer = await made.call('dora', 'POST', '/services', { id: 'radio', title: 'Radio' })
  expect(answer.status).toBe(201)
  return made
}

const pointers = (body: { errors: { pointer: string }[] }) => body.errors.map((place) => place.pointer)

describe('publishing a version', () => {
  it('makes it a candidate that shows its components and files', async () => {
    const { call, file, events } = await radio()
    const files = [await file('index.html', '<h1>Radio</h1>'), await file('app/main.js', 'play()')]
    const health = { run: ['node', 'health.mjs'], timeoutSeconds: 5 }
    const answer = await call('dora', 'POST', '/services/radio/versions', {
      version: '1.0.0',
      notes: 'first',
      components: [{ name: 'app', deviceClass: 'phone', restart: 'device', health, files }],
      relations: [{ kind: 'requires', service: 'channel-list', range: '^2.0.0' }],
    })
    expect(answer.status).toBe(201)
    expect(answer.headers.get('location')).toBe('/api/v1/services/radio/versions/1.0.0')
    expect(answer.body).toMatchObject({
      service: 'radio',
      version: '1.0.0',
      state: 'candidate',
      notes: 'first',
      createdAt: '2026-01-01T00:00:00.000Z',
      releasedAt: null,
      relations: [{ kind: 'requires', service: 'channel-list', range: '^2.0.0' }],
      components: [
        { name: 'app', deviceClass: 'phone', compatibility: 'true', restart: 'device', health, files: 2, bytes: 20 },
      ],
    })
    expect((await call('dora', 'GET', '/services/radio/versions/1.0.0')).body).toEqual(answer.body)
    expect((await call('dora', 'GET', '/services/radio/versions/1.0.0/components/app/files')).body).toEqual({
      items: [files[1], files[0]],
      next: null,
    })
    expect((await events()).map((event) => [event.type, event.subject])).toEqual([
      ['service.created', 'radio'],
      ['version.published', 'radio@1.0.0'],
    ])
  })

  it('stores the manifest whose digest it tells, as devices will rebuild it', async () => {
    const { call, file, definitions } = await radio()
    const files = [await file('b', 'bb'), await file('a', 'a')]
    const { body } = await call('dora', 'POST', '/services/radio/versions', composition(files))
    const { digest, size } = body.components[0].manifest
    const place = await definitions.fileIn(digest, digest)
    const text = await readFile(place!.path, 'utf8')
    expect(place!.size).toBe(size)
    expect(createHash('sha256').update(text).digest('hex')).toBe(digest)
    expect(parseManifest(text)).toEqual({
      service: 'radio',
      version: '1.0.0',
      component: 'app',
      restart: 'none',
      health: null,
      files: [files[1], files[0]],
    })
  })

  it('again with the same content changes nothing, with other content is refused', async () => {
    const { call, file, events } = await radio()
    const one = await file('index.html', 'one')
    const two = await file('index.html', 'two')
    expect((await call('dora', 'POST', '/services/radio/versions', composition([one]))).status).toBe(201)
    const before = await events()
    expect((await call('dora', 'POST', '/services/radio/versions', composition([one]))).status).toBe(200)
    for (const other of [composition([two]), composition([one], { notes: 'changed' })]) {
      const refused = await call('dora', 'POST', '/services/radio/versions', other)
      expect(refused).toMatchObject({ status: 409, body: { type: '/problems/version-exists' } })
      expect(refused.body.detail).toContain('radio 1.0.0')
    }
    expect(await events()).toEqual(before)
  })

  it('twice at the same time publishes it once', async () => {
    const { call, file, database } = await radio()
    const files = [await file('index.html', 'one')]
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => call('dora', 'POST', '/services/radio/versions', composition(files))),
    )
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 200, 200, 200, 201])
    expect(await database.sql`select count(*)::int as n from definition_component`).toEqual([{ n: 1 }])
  })

  it('is answered the same when repeated with its Idempotency-Key', async () => {
    const { call, file } = await radio()
    const files = [await file('index.html', 'one')]
    const key = { 'idempotency-key': 'publish-1' }
    const first = await call('dora', 'POST', '/services/radio/versions', composition(files), key)
    const second = await call('dora', 'POST', '/services/radio/versions', composition(files), key)
    expect([first.status, second.status]).toEqual([201, 201])
    expect(second.body).toEqual(first.body)
  })
})

describe('a composition that is refused', () => {
  it('for missing files names them, and can be sent again once they are there', async () => {
    const { call, file } = await radio()
    const there = await file('a', 'a')
    const absent = { path: 'b', size: 1, digest: sha256('b'), mode: 0o644 }
    const refused = await call('dora', 'POST', '/services/radio/versions', composition([there, absent]))
    expect(refused).toMatchObject({
      status: 409,
      body: {
        type: '/problems/blobs-missing',
        errors: [{ pointer: '/components/0/files/1/digest', detail: `${absent.digest} (b) is not stored` }],
      },
    })
    await file('b', 'b')
    expect((await call('dora', 'POST', '/services/radio/versions', composition([there, absent]))).status).toBe(201)
  })

  it('tells all findings at once and keeps nothing', async () => {
    const { call, file, database } = await radio()
    const there = await file('a', 'a')
    const refused = await call('dora', 'POST', '/services/radio/versions', {
      version: '1',
      components: [
        {
          name: 'app',
          deviceClass: 'fridge',
          compatibility: 'report.memory.total >',
          files: [
            { ...there, path: '../a' },
            { ...there, path: '/etc/a' },
            { ...there, path: 'Logo.svg' },
            { ...there, path: 'logo.svg' },
            { ...there, path: 'b', size: 7 },
            { path: 'c', size: 1, digest: sha256('c'), mode: 0o644 },
          ],
        },
      ],
      relations: [{ kind: 'requires', service: 'radio', range: '*' }],
    })
    expect(refused).toMatchObject({ status: 422, body: { type: '/problems/invalid-composition' } })
    expect(pointers(refused.body)).toEqual([
      '/version',
      '/components/0/deviceClass',
      '/components/0/compatibility',
      '/components/0/files/0/path',
      '/components/0/files/1/path',
      '/components/0/files/3/path',
      '/relations/0/service',
      '/components/0/files/4/size',
      '/components/0/files/5/digest',
    ])
    expect(refused.body.errors[2].detail).toMatch(/at character \d+/)
    expect(await database.sql`select count(*)::int as n from definition_version`).toEqual([{ n: 0 }])
  })

  it.each([
    ['no components', composition([], { components: [] }), '/components'],
    ['no files', composition([]), '/components/0/files'],
  ])('has %s', async (_, body, pointer) => {
    const { call } = await radio()
    const refused = await call('dora', 'POST', '/services/radio/versions', body)
    expect(refused.status).toBe(422)
    expect(pointers(refused.body)).toEqual([pointer])
  })

  it('for unknown keys points at them', async () => {
    const { call } = await radio()
    const refused = await call('dora', 'POST', '/services/radio/versions', composition([], { developer: 'dave' }))
    expect(refused.status).toBe(400)
    expect(pointers(refused.body)).toEqual(['/developer'])
  })

  it('of too many files is refused before anything is looked up', async () => {
    const { call } = await radio()
    const files = Array.from({ length: 4_097 }, (_, at) => ({
      path: `f${at}`,
      size: 1,
      digest: sha256('x'),
      mode: 0o644,
    }))
    const refused = await call('dora', 'POST', '/services/radio/versions', composition(files))
    expect(refused.status).toBe(422)
    expect(refused.body.errors[0]).toEqual({
      pointer: '/components/0/files',
      detail: 'has 4097 entries; at most 4096 are possible',
    })
  })
})

describe('the states of a version', () => {
  it('are walked from candidate to retired, each with its event', async () => {
    const { call, file, sign, events, definitions, clock } = await radio()
    await call('dora', 'POST', '/services/radio/versions', composition([await file('a', 'a')]))
    expect(await definitions.version('main', 'radio', null)).toBeNull()
    const unsigned = await call('dora', 'POST', '/services/radio/versions/1.0.0/release')
    expect(unsigned).toMatchObject({ status: 409, body: { type: '/problems/not-signed' } })
    await sign('radio', '1.0.0')
    clock.advance(60_000)
    const released = await call('dora', 'POST', '/services/radio/versions/1.0.0/release')
    expect(released).toMatchObject({ status: 200, body: { state: 'released', releasedAt: '2026-01-01T00:01:00.000Z' } })
    expect((await call('dora', 'POST', '/services/radio/versions/1.0.0/release')).status).toBe(200)
    expect((await definitions.version('main', 'radio', null))?.version).toBe('1.0.0')
    for (const state of ['deprecated', 'retired']) {
      const moved = await call('dora', 'POST', '/services/radio/versions/1.0.0/state', { state })
      expect(moved).toMatchObject({ status: 200, body: { state } })
      expect((await call('dora', 'GET', '/services/radio')).body.state).toBe(state)
    }
    const refused = await call('dora', 'POST', '/services/radio/versions/1.0.0/release')
    expect(refused).toMatchObject({ status: 409, body: { type: '/problems/state-not-allowed' } })
    expect(refused.body.detail).toBe('radio 1.0.0 cannot become released: it is retired, which is final.')
    expect((await events()).map((event) => event.type)).toEqual([
      'service.created',
      'version.published',
      'version.released',
      'version.deprecated',
      'version.retired',
    ])
  })

  it('start at draft where the developer wants to wait', async () => {
    const { call, file } = await radio()
    const body = composition([await file('a', 'a')], { state: 'draft' })
    expect((await call('dora', 'POST', '/services/radio/versions', body)).body.state).toBe('draft')
    expect((await call('dora', 'POST', '/services/radio/versions/1.0.0/release')).status).toBe(409)
  })

  it('change only from what was read, with If-Match', async () => {
    const { call, file, sign } = await radio()
    await call('dora', 'POST', '/services/radio/versions', composition([await file('a', 'a')]))
    await sign('radio', '1.0.0')
    const etag = (await call('dora', 'GET', '/services/radio/versions/1.0.0')).headers.get('etag')!
    await call('dora', 'POST', '/services/radio/versions/1.0.0/release')
    const match = { 'if-match': etag }
    const stale = await call('dora', 'POST', '/services/radio/versions/1.0.0/state', { state: 'deprecated' }, match)
    expect(stale.status).toBe(412)
  })
})

describe('services', () => {
  it('belong to their developer', async () => {
    const { call, file, sign } = await radio()
    const files = [await file('a', 'a')]
    await call('dora', 'POST', '/services/radio/versions', composition(files))
    await sign('radio', '1.0.0')
    expect((await call('dave', 'GET', '/services/radio')).status).toBe(404)
    expect((await call('sam', 'GET', '/services/radio/versions/1.0.0')).status).toBe(404)
    expect((await call('dave', 'POST', '/services/radio/versions/1.0.0/release')).status).toBe(404)
    expect((await call('olga', 'GET', '/services/radio')).status).toBe(200)
    await call('dora', 'POST', '/services/radio/versions/1.0.0/release')
    await call('dora', 'POST', '/services/radio/versions', composition(files, { version: '2.0.0' }))
    expect((await call('sam', 'GET', '/services/radio/versions')).body.items).toHaveLength(1)
    expect((await call('dora', 'GET', '/services/radio/versions')).body.items).toHaveLength(2)
    expect((await call('sam', 'GET', '/services/radio/versions/2.0.0')).status).toBe(404)
    expect((await call('dave', 'POST', '/services/radio/versions', composition(files))).status).toBe(403)
    expect((await call('sam', 'POST', '/services', { id: 'other', title: 'Other' })).status).toBe(403)
  })

  it('have ids that are given once', async () => {
    const { call } = await radio()
    const again = await call('dave', 'POST', '/services', { id: 'radio', title: 'Mine' })
    expect(again).toMatchObject({ status: 409, body: { type: '/problems/service-exists' } })
    for (const id of ['Radio', 'r', '-radio', 'a'.repeat(64), 'a b']) {
      expect((await call('dora', 'POST', '/services', { id, title: 'x' })).status).toBe(400)
    }
  })

  it('and their versions are listed page by page', async () => {
    const { call, file } = await radio()
    const files = [await file('a', 'a'), await file('b', 'b'), await file('c', 'c')]
    for (const version of ['1.9.0', '1.10.0', '2.0.0-rc.1']) {
      await call('dora', 'POST', '/services/radio/versions', composition(files, { version }))
    }
    await call('dora', 'POST', '/services', { id: 'television', title: 'Television' })
    const read = async (path: string, key: string) => {
      const seen: string[] = []
      for (let cursor: string | null = ''; cursor !== null;) {
        const { body } = await call('dora', 'GET', `${path}?limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`)
        seen.push(...body.items.map((item: Record<string, string>) => item[key]))
        cursor = body.next
      }
      return seen
    }
    expect(await read('/services', 'id')).toEqual(['radio', 'television'])
    expect(await read('/services/radio/versions', 'version')).toEqual(['2.0.0-rc.1', '1.10.0', '1.9.0'])
    expect(await read('/services/radio/versions/1.9.0/components/app/files', 'path')).toEqual(['a', 'b', 'c'])
  })

  it.each([
    '/services/nowhere',
    '/services/radio/versions/9.9.9',
    '/services/radio/versions/one',
    '/services/radio%00',
    '/services/radio/versions/1.0.0%00',
    '/services/radio/versions/1.0.0/components/none/files',
  ])('that are not there are named: %s', async (path) => {
    const { call } = await radio()
    expect(await call('dora', 'GET', path)).toMatchObject({ status: 404, body: { type: '/problems/not-found' } })
  })

  it('refuse cursors that they did not give out', async () => {
    const { call } = await radio()
    const cursor = Buffer.from('a\0b').toString('base64url')
    for (const path of ['/services', '/services/radio/versions']) {
      expect((await call('dora', 'GET', `${path}?cursor=${cursor}`)).status).toBe(400)
    }
  })
})
