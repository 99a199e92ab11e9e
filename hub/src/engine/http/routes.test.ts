import type { Hono } from 'hono'
import { beforeEach, describe, expect, it } from 'vitest'
import { databaseForThisTest } from '../../../../test/support/database.ts'
import { api, type ApiEnv } from '../../platform/http/api.ts'
import { startHub, type TestHub } from '../test/hub.ts'
import { recorder, sleeper } from '../test/models.ts'
import { somebody } from '../test/principals.ts'

let app: Hono<ApiEnv>
let hub: TestHub

beforeEach(async () => {
  const { url } = await databaseForThisTest()
  hub = await startHub({ url, models: [recorder, sleeper] })
  app = api()
  app.use(async (c, next) => {
    c.set('principal', somebody)
    await next()
  })
  app.route('/', hub.engine.routes())
})

function post(path: string, body: unknown, match?: string): Promise<Response> {
  const headers = { 'content-type': 'application/json', ...(match !== undefined && { 'if-match': match }) }
  const init = { method: 'POST', headers, body: JSON.stringify(body) }
  return Promise.resolve(app.request(path, init))
}

async function get(
  path: string,
): Promise<Record<string, unknown> & { items: Record<string, unknown>[]; next: string | null }> {
  const response = await app.request(path)
  expect(response.status).toBe(200)
  return (await response.json()) as never
}

describe('the engine’s endpoints', () => {
  it('list models and show a document', async () => {
    expect((await get('/models')).items.map(({ name, version }) => [name, version])).toEqual([
      ['recorder', '1.0.0'],
      ['sleeper', '1.0.0'],
    ])
    const first = await get('/models?limit=1')
    expect((await get(`/models?limit=1&cursor=${first.next}`)).items).toMatchObject([{ name: 'sleeper' }])
    expect(await get('/models/recorder/1.0.0')).toMatchObject({ document: { model: 'recorder', data: { seen: [] } } })
    expect((await app.request('/models/recorder/9.0.0')).status).toBe(404)
  })

  it('semantics 3.1: take a signal and answer with what became of it', async () => {
    const created = await post('/instances/recorder/a%20b/signals', {
      id: 'one',
      type: 'note',
      args: { n: 4 },
      create: {},
    })
    expect(created.status).toBe(200)
    expect(await created.json()).toEqual({ outcome: 'fired', fired: ['note'], states: ['open'], args: { n: 4 } })
    const again = await post('/instances/recorder/a%20b/signals', { id: 'one', type: 'note', args: { n: 4 } })
    expect(await again.json()).toMatchObject({ outcome: 'fired', duplicate: true })
    expect((await post('/instances/recorder/none/signals', { type: 'note', args: { n: 4 } })).status).toBe(404)
    expect((await post('/instances/recorder/none/signals', { args: {} })).status).toBe(400)
  })

  it('show instances, their delayed signals and their history, page by page', async () => {
    for (const n of [1, 2, 3]) await post('/instances/recorder/a/signals', { type: 'note', args: { n }, create: {} })
    const until = '2100-01-01T00:00:00Z'
    await post('/instances/sleeper/b/signals', { type: 'lie', args: { name: 'x', until }, create: {} })
    const page = await get('/instances?limit=1')
    expect(page.items).toMatchObject([{ url: 'model:recorder@1.0.0/a', states: ['open'], data: { seen: [1, 2, 3] } }])
    expect((await get(`/instances?limit=1&cursor=${page.next}`)).items).toMatchObject([{ id: 'b' }])
    expect((await get('/instances?state=asleep')).items).toHaveLength(1)
    expect((await get('/instances?model=recorder&state=closed')).items).toHaveLength(0)
    expect((await get('/instances?attention=true')).items).toHaveLength(0)
    expect(await get('/instances/sleeper/b')).toMatchObject({
      timers: [{ signal: 'wake', due: '2100-01-01T00:00:00.000Z' }],
    })
    const history = await get('/instances/recorder/a/history?limit=2')
    expect(history.items).toMatchObject([{ entry: 3, args: { n: 3 } }, { entry: 2 }])
    expect((await get(`/instances/recorder/a/history?limit=2&cursor=${history.next}`)).items).toMatchObject([
      { entry: 1, outcome: 'fired', fired: ['note'], data: { seen: [1] } },
    ])
    expect((await app.request('/instances/recorder/none')).status).toBe(404)
    expect((await app.request('/instances/recorder/none/history')).status).toBe(404)
  })

  it('let a person retry, skip and repair what needs attention, based on what was seen of it', async () => {
    await post('/instances/recorder/a/signals', { type: 'note', args: { n: 1 }, create: {} })
    await hub.database.sql`update engine_instance set attention = 'somebody should look'`
    expect((await get('/instances?attention=true')).items).toMatchObject([{ id: 'a' }])
    const etag = (await app.request('/instances/recorder/a')).headers.get('etag')!
    expect((await post('/instances/recorder/a/retry', { reason: 'try' })).status).toBe(409)
    expect((await post('/instances/recorder/a/skip', {})).status).toBe(400)
    expect((await post('/instances/recorder/none/skip', { reason: 'x' })).status).toBe(404)
    const skipped = await post('/instances/recorder/a/skip', { reason: 'seen' }, etag)
    expect(await skipped.json()).toMatchObject({ attention: null, entries: 2 })
    const repair = { reason: 'set right', data: { seen: [7] } }
    expect((await post('/instances/recorder/a/repair', repair, etag)).status).toBe(412)
    expect(await (await post('/instances/recorder/a/repair', repair)).json()).toMatchObject({ data: { seen: [7] } })
    expect((await post('/instances/recorder/a/repair', { reason: 'x', states: ['nowhere'] })).status).toBe(422)
    expect((await get('/instances/recorder/a/history?limit=1')).items).toMatchObject([
      { type: 'operator.repair', outcome: 'operated', from: 'usr-1', detail: 'set right', data: { seen: [7] } },
    ])
  })
})
