import { describe, expect, it } from 'vitest'
import { manualClock } from '../../../../test/support/manual-clock.ts'
import { until } from '../../../../test/support/until.ts'
import { startApi, type TestApi } from '../test/api.ts'
import { badModels, modelWith, sound, vast } from '../test/bad-models.ts'
import { child, parent, recorder } from '../test/models.ts'

const text = `// What the author wrote stays.
model trial 1.0.0 "A trial"

states new (initial), on, over (final)

signal go, end

on go: new -> on
on end: on -> over
`
const wrong = text.replace('on end: on -> over', 'on end: onn -> over')

const stored = async (api: TestApi): Promise<number> => (await api.hub.database.sql`select from engine_model`).length
const codes = (body: Record<string, unknown>): unknown[] =>
  (body['findings'] as { code: string }[]).map(({ code }) => code)

describe('publishing a model', () => {
  it('as a document stores it, and the same content again changes nothing', async () => {
    const api = await startApi({})
    const first = await api.post('/models', { document: recorder })
    expect(first.status).toBe(201)
    expect(first.body).toEqual({
      name: 'recorder',
      version: '1.0.0',
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      warnings: [],
    })
    expect(first.headers.get('location')).toBe('/api/v1/models/recorder/1.0.0')
    const again = await api.post('/models', { document: Object.fromEntries(Object.entries(recorder).toReversed()) })
    expect([again.status, again.body['digest']]).toEqual([200, first.body['digest']])
    const events = await api.hub.database.sql`select type, subject, data from platform_event`
    expect(events).toEqual([{ type: 'model.published', subject: 'recorder', data: { version: '1.0.0', by: 'usr-1' } }])
    const signalled = await api.post('/instances/recorder/a/signals', { type: 'note', args: { n: 1 }, create: {} })
    expect(signalled.body).toMatchObject({ outcome: 'fired' })
  })

  it('as text keeps the text as it was written', async () => {
    const api = await startApi({})
    expect((await api.post('/models', { text })).status).toBe(201)
    const { body, headers } = await api.get('/models/trial/1.0.0')
    expect(body).toMatchObject({
      name: 'trial',
      title: 'A trial',
      publishedBy: 'usr-1',
      text,
      document: { ...sound, title: 'A trial' },
    })
    expect(headers.get('etag')).toBe(`"${String(body['digest'])}"`)
    const asDocument = await api.post('/models', { document: body['document'] })
    expect([asDocument.status, asDocument.body['digest']]).toEqual([200, body['digest']])
  })

  it('with other content under a version that is taken is refused, and the first one stays', async () => {
    const api = await startApi({ models: [sound] })
    const before = (await api.get('/models/trial/1.0.0')).body
    const other = api.post('/models', { document: modelWith({}, { title: 'Other' }) })
    expect(await api.refused(other, 409)).toBe('model-version-taken')
    expect(await api.refused(api.post('/models', { text }), 409)).toBe('model-version-taken')
    expect((await api.get('/models/trial/1.0.0')).body).toEqual(before)
  })

  it('warns of what is doubtful', async () => {
    const api = await startApi({})
    const document = modelWith({}, { signals: { go: {}, end: {}, never: {} } })
    const { status, body } = await api.post('/models', { document })
    expect([status, body['warnings']]).toMatchObject([
      201,
      [{ code: 'unused-signal', severity: 'warning', pointer: '/signals/never' }],
    ])
  })

  it('as text with a mistake is refused with its line and column', async () => {
    const api = await startApi({})
    const unknown = await api.post('/models', { text: wrong })
    expect([unknown.status, unknown.body['type']]).toEqual([422, '/problems/model-unsound'])
    expect(unknown.body['errors']).toContainEqual(
      expect.objectContaining({
        pointer: '/transitions/1/from/0',
        line: 9,
        column: 9,
        detail: expect.stringContaining('onn'),
      }),
    )
    const syntax = await api.post('/models', { text: text.replace('signal go', 'sygnal go') })
    expect(syntax.status).toBe(422)
    expect(syntax.body['errors']).toContainEqual(expect.objectContaining({ line: 6, column: 1 }))
    expect(await stored(api)).toBe(0)
  })

  it('takes either a document or a text', async () => {
    const api = await startApi({})
    for (const body of [
      {},
      { document: sound, text },
      { document: [] },
      { text: 7 },
      { text: 'a\0b' },
      { model: sound },
    ]) {
      expect(await api.refused(api.post('/models', body), 400)).toBe('invalid-request')
      expect(await api.refused(api.post('/models/check', body), 400)).toBe('invalid-request')
    }
  })
})

describe('a model that cannot be executed or is not sound', () => {
  it('is refused, with the code that engine.md names, and the place', async () => {
    const api = await startApi({})
    for (const { what, document, code, pointer } of badModels) {
      const { status, body } = await api.post('/models/check', { document })
      expect([status, body['sound']], what).toEqual([200, false])
      const finding = { code, severity: 'error', pointer: expect.stringContaining(pointer) }
      expect(body['findings'], what).toContainEqual(expect.objectContaining(finding))
      const refused = await api.post('/models', { document })
      expect([refused.status, refused.body['type']], what).toEqual([422, '/problems/model-unsound'])
      expect(refused.body['errors'], what).toContainEqual(
        expect.objectContaining({ pointer: expect.stringContaining(pointer), detail: expect.any(String) }),
      )
    }
    expect(await stored(api)).toBe(0)
  })

  it('as text that is larger than texts may be, or nested beyond all measure, is refused at once', async () => {
    const api = await startApi({})
    const long = `${text}${'// more\n'.repeat(70_000)}`
    expect(codes((await api.post('/models/check', { text: long })).body)).toEqual(['too-large'])
    const tooLong = api.post('/models', { text: `${text}${'// much more\n'.repeat(100_000)}` })
    expect(await api.refused(tooLong, 400)).toBe('invalid-request')
    const deep = `{"document":{"model":"deep","data":{"d":${'['.repeat(100_000)}${']'.repeat(100_000)}}}}`
    for (const path of ['/models', '/models/check']) {
      const headers = { 'content-type': 'application/json' }
      const { status } = await api.app.request(path, { method: 'POST', headers, body: deep })
      expect([200, 422]).toContain(status)
    }
    expect(await stored(api)).toBe(0)
  })

  it('also when the calls that never end go through models that are published', async () => {
    const api = await startApi({ models: [child, parent({ wait: true })] })
    const call = [{ url: 'model:second/{id}', as: 'x', wait: true }]
    const first = modelWith({ call }, { model: 'first' })
    expect(await api.refused(api.post('/models', { document: first }), 422)).toBe('model-unsound')
    await api.post('/models', { document: modelWith({}, { model: 'second' }) })
    expect((await api.post('/models', { document: first })).status).toBe(201)
    const back = modelWith(
      { call: [{ url: 'model:first/{id}', as: 'x', wait: true }] },
      { model: 'second', version: '1.1.0' },
    )
    expect(codes((await api.post('/models/check', { document: back })).body)).toContain('endless-calls')
  })
})

describe('checking a model', () => {
  it('says everything there is to say, with a shortest way, and stores nothing', async () => {
    const api = await startApi({})
    const stuck = text.replace('on end: on -> over', 'on end: on -> stuck').replace('on, over', 'on, stuck, over')
    const { body } = await api.post('/models/check', { text: stuck })
    expect(body).toMatchObject({ sound: false, model: { model: 'trial', version: '1.0.0' } })
    expect(body['findings']).toContainEqual(
      expect.objectContaining({
        code: 'deadlock',
        line: expect.any(Number),
        witness: [
          { signal: 'go', fired: ['go'], states: ['on'] },
          { signal: 'end', fired: ['end'], states: ['stuck'] },
        ],
      }),
    )
    expect(codes(body)).toContain('unreachable-state')
    expect((await api.post('/models/check', { text })).body).toMatchObject({ sound: true, findings: [] })
    expect((await api.post('/models/check', { document: sound })).body).toMatchObject({ sound: true, findings: [] })
    expect(await stored(api)).toBe(0)
  })

  it('holds nobody up meanwhile', async () => {
    const api = await startApi({ models: [recorder] })
    const checking = api.post('/models/check', { document: vast })
    let checked = false
    void checking.then(() => (checked = true))
    await api.post('/instances', { model: 'recorder', id: 'a' })
    expect(checked).toBe(false)
    const { status } = await checking
    expect([200, 422]).toContain(status)
  })

  it('is given up when it takes too long; the next one is checked all the same', async () => {
    const clock = manualClock()
    const api = await startApi({ clock })
    const checking = api.post('/models/check', { document: vast })
    await until(() => {
      clock.advance(1_000)
      return clock.now() > Date.UTC(2026, 0, 1, 0, 1)
    })
    expect(await api.refused(checking, 422)).toBe('model-too-hard')
    expect((await api.post('/models/check', { document: sound })).body).toMatchObject({ sound: true })
  })

  it('is refused when too many wait already', async () => {
    const api = await startApi({})
    const all = await Promise.all(Array.from({ length: 20 }, () => api.post('/models/check', { document: sound })))
    const busy = all.filter(({ status }) => status === 503)
    expect(busy.length).toBeGreaterThan(0)
    for (const { body } of busy) expect(body['type']).toBe('/problems/too-many-models-at-once')
    expect(all.filter(({ status }) => status === 200)).toHaveLength(20 - busy.length)
  })
})

describe('published models', () => {
  it('are listed, each version, and shown as document and as text', async () => {
    const api = await startApi({ models: [recorder, sound, { ...sound, version: '1.1.0' }] })
    const names = async (query: string) =>
      (await api.items(`/models${query}`)).map(({ name, version }) => `${String(name)} ${String(version)}`)
    expect(await names('')).toEqual(['recorder 1.0.0', 'trial 1.0.0', 'trial 1.1.0'])
    expect(await names('?name=trial')).toEqual(['trial 1.0.0', 'trial 1.1.0'])
    const { next } = (await api.get('/models?limit=2')).body
    expect(await names(`?limit=2&cursor=${next}`)).toEqual(['trial 1.1.0'])
    const { body } = await api.get('/models/trial/1.1.0')
    expect(body).toMatchObject({
      document: { ...sound, version: '1.1.0' },
      publishedBy: null,
      text: expect.stringContaining('model trial 1.1.0'),
    })
    expect((await api.post('/models/check', { text: body['text'] })).body).toMatchObject({
      model: body['document'],
      findings: [],
    })
    expect(await api.refused(api.get('/models/trial/2.0.0'), 404)).toBe('unknown-model')
  })

  it('are drawn, and so are instances with their current states; a picture may load and run nothing', async () => {
    const api = await startApi({ models: [sound] })
    await api.post('/instances', { model: 'trial', id: 'a', start: { signal: 'go' } })
    const plain = await api.get('/models/trial/1.0.0/diagram')
    const chosen = await api.get('/models/trial/1.0.0/diagram?states=on')
    const instance = await api.get('/instances/trial/a/diagram')
    for (const { status, headers, body } of [plain, chosen, instance]) {
      expect(status).toBe(200)
      expect(headers.get('content-type')).toMatch(/^image\/svg\+xml/)
      expect(headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; style-src 'unsafe-inline'; .*sandbox$/,
      )
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(body['text']).toMatch(/^<svg /)
    }
    expect(instance.body['text']).toBe(chosen.body['text'])
    expect(plain.body['text']).not.toBe(chosen.body['text'])
    expect(await api.refused(api.get('/models/trial/9.0.0/diagram'), 404)).toBe('unknown-model')
    expect(await api.refused(api.get('/instances/trial/b/diagram'), 404)).toBe('not-found')
  })
})
