import type { Model } from '@sutler/engine'
import { describe, expect, it } from 'vitest'
import { until } from '../../../../test/support/until.ts'
import { startApi, type TestApi } from '../test/api.ts'
import { recorder } from '../test/models.ts'

const reason = 'the second edition'

/** Version 2 of the recorder: another name for its state, and one more thing in its data. */
const second: Model = {
  ...recorder,
  version: '2.0.0',
  data: { seen: [], edition: 2 },
  states: ['listening', 'closed'],
  initial: ['listening'],
  transitions: recorder.transitions.map((transition) => ({
    ...transition,
    from: ['listening'],
    to: transition.to!.map((state) => (state === 'open' ? 'listening' : state)),
  })),
}

const order = { from: '1.0.0', to: '2.0.0', states: { open: 'listening' } }

async function withRecorders(...ids: string[]): Promise<TestApi> {
  const api = await startApi({ models: [recorder, second] })
  for (const id of ids) {
    const request = { model: 'recorder', version: '1.0.0', id, start: { signal: 'note', args: { n: 1 } } }
    await api.post('/instances', request)
  }
  return api
}

const ended = (api: TestApi, id: unknown) =>
  until(async () => {
    const { body } = await api.get(`/models/recorder/migrations/${String(id)}`)
    return body['state'] !== 'running' && body
  })

describe('a migration', () => {
  it('semantics 6.2: is previewed: what would move and what would not, and nothing is changed', async () => {
    const api = await withRecorders('a', 'b', 'c')
    await api.post('/instances/recorder/c/signals', { type: 'stop' })
    await api.post('/instances', { model: 'recorder', version: '2.0.0', id: 'd' })
    const preview = (body: object, query = '') => api.post(`/models/recorder/migrations/preview${query}`, body)
    expect((await preview(order)).body).toEqual({ wouldMove: 2, cannot: [], next: null })
    const named = await preview({ ...order, instances: ['a', 'c', 'd', 'nobody'] })
    expect(named.body).toEqual({
      wouldMove: 1,
      cannot: [
        { instance: 'c', reasons: expect.arrayContaining(['the instance is done']) },
        { instance: 'd', reasons: expect.arrayContaining([expect.stringContaining('recorder@2.0.0')]) },
        { instance: 'nobody', reasons: ['there is no such instance'] },
      ],
      next: null,
    })
    const page = await preview({ ...order, instances: ['c', 'd', 'nobody'] }, '?limit=2')
    expect(page.body['cannot']).toHaveLength(2)
    const rest = await preview({ ...order, instances: ['c', 'd', 'nobody'] }, `?limit=2&cursor=${page.body.next}`)
    expect(rest.body).toMatchObject({ wouldMove: 0, cannot: [{ instance: 'nobody' }] })
    expect((await api.get('/instances/recorder/a')).body).toMatchObject({ version: '1.0.0', entries: 2 })
  })

  it('moves each instance once, and says in its history who and why', async () => {
    const api = await withRecorders('a', 'b')
    const begun = await api.post('/models/recorder/migrations', { ...order, reason })
    expect(begun.status).toBe(202)
    expect(begun.body).toMatchObject({
      model: 'recorder',
      ...order,
      states: { open: ['listening'] },
      by: 'usr-1',
      reason,
    })
    expect(begun.headers.get('location')).toBe(`/api/v1/models/recorder/migrations/${String(begun.body['id'])}`)
    const done = await ended(api, begun.body['id'])
    expect(done).toMatchObject({ state: 'done', moved: 2, refused: 0, endedAt: expect.any(String) })
    const { body } = await api.get('/instances/recorder/a')
    expect(body).toMatchObject({ version: '2.0.0', states: ['listening'], data: { seen: [1], edition: 2 }, entries: 3 })
    expect((await api.items('/instances/recorder/a/history'))[0]).toMatchObject({
      type: 'operator.migrate',
      outcome: 'operated',
      from: 'usr-1',
      detail: reason,
      states: ['listening'],
      data: { seen: [1], edition: 2 },
      args: { migration: begun.body['id'], from: '1.0.0', to: '2.0.0' },
    })
    const note = await api.post('/instances/recorder/a/signals', { type: 'note', args: { n: 2 } })
    expect(note.body).toMatchObject({ outcome: 'fired', states: ['listening'] })
    expect(await api.hub.data('recorder/a')).toEqual({ seen: [1, 2], edition: 2 })
  })

  it('leaves those that cannot move as they are, and lists them with the reasons', async () => {
    const api = await withRecorders('a', 'b', 'c')
    await api.post('/instances/recorder/b/signals', { type: 'stop' })
    const before = (await api.get('/instances/recorder/b')).body
    const request = { ...order, reason, instances: ['a', 'b', 'nobody'] }
    const { body } = await api.post('/models/recorder/migrations', request)
    expect(await ended(api, body['id'])).toMatchObject({ moved: 1, refused: 2, instances: ['a', 'b', 'nobody'] })
    const path = `/models/recorder/migrations/${String(body['id'])}/refusals`
    const [first] = await api.items(`${path}?limit=1`)
    expect(first).toMatchObject({ instance: 'b', reasons: expect.arrayContaining(['the instance is done']) })
    const { next } = (await api.get(`${path}?limit=1`)).body
    expect(await api.items(`${path}?limit=1&cursor=${next}`)).toMatchObject([{ instance: 'nobody' }])
    expect((await api.get('/instances/recorder/b')).body).toEqual(before)
    expect((await api.get('/instances/recorder/c')).body).toMatchObject({ version: '1.0.0' })
  })

  it('whose map misses a state, names one that is none, or goes nowhere is refused, and nothing is touched', async () => {
    const api = await withRecorders('a')
    const before = (await api.get('/instances/recorder/a')).body
    const wrong: [object, number, string, unknown][] = [
      [{ ...order, states: {} }, 422, 'migration-invalid', [{ pointer: '/states/open' }]],
      [{ ...order, states: { open: 'shut' } }, 422, 'migration-invalid', [{ pointer: '/states/open' }]],
      [
        { ...order, states: { open: 'listening', 'a/b': 'closed' } },
        422,
        'migration-invalid',
        [{ pointer: '/states/a~1b' }],
      ],
      [{ ...order, to: '1.0.0' }, 422, 'migration-invalid', [{ pointer: '/to' }]],
      [{ ...order, to: '9.0.0' }, 404, 'unknown-model', [{ pointer: '/to' }]],
      [{ ...order, from: '9.0.0' }, 404, 'unknown-model', [{ pointer: '/from' }]],
      [{ ...order, states: { open: [] } }, 400, 'invalid-request', [{ pointer: '/states/open' }]],
    ]
    for (const [request, status, code, places] of wrong) {
      for (const path of ['/models/recorder/migrations/preview', '/models/recorder/migrations']) {
        const body = path.endsWith('preview') ? request : { ...request, reason }
        const answered = await api.post(path, body)
        expect([answered.status, answered.body['type']]).toEqual([status, `/problems/${code}`])
        expect(answered.body['errors']).toMatchObject(places as object[])
      }
    }
    expect(await api.refused(api.post('/models/nobody/migrations', { ...order, reason }), 404)).toBe('unknown-model')
    expect(await api.refused(api.post('/models/recorder/migrations', order), 400)).toBe('invalid-request')
    expect((await api.get('/instances/recorder/a')).body).toEqual(before)
    expect(await api.items('/models/recorder/migrations')).toEqual([])
  })

  it('is listed, shown and cancelled; what was moved stays so', async () => {
    const api = await withRecorders('a', 'b')
    // As long as somebody holds the first instance, none is moved.
    const held = Promise.withResolvers<void>()
    const holding = api.hub.database.transaction(async ({ sql }) => {
      await sql`select from engine_instance where id = 'b' for update`
      await held.promise
    })
    const { body } = await api.post('/models/recorder/migrations', { ...order, reason })
    const path = `/models/recorder/migrations/${String(body['id'])}`
    await until(async () => (await api.get(path)).body['moved'] === 1)
    expect(await api.items('/models/recorder/migrations')).toMatchObject([{ id: body['id'], state: 'running' }])
    const cancelled = await api.post(`${path}/cancel`, { reason: 'not now' })
    expect(cancelled.body).toMatchObject({ state: 'cancelled', moved: 1, endedAt: expect.any(String) })
    held.resolve()
    await holding
    expect(await api.refused(api.post(`${path}/cancel`, { reason: 'not now' }), 409)).toBe('migration-ended')
    const again = await api.post('/models/recorder/migrations', { ...order, reason, instances: ['nobody'] })
    await ended(api, again.body['id'])
    expect((await api.get('/instances/recorder/b')).body).toMatchObject({ version: '1.0.0', entries: 2 })
    const [newest] = await api.items('/models/recorder/migrations?limit=1')
    expect(newest).toMatchObject({ id: again.body['id'] })
    const { next } = (await api.get('/models/recorder/migrations?limit=1')).body
    expect(await api.items(`/models/recorder/migrations?cursor=${next}`)).toMatchObject([{ id: body['id'] }])
    for (const each of [
      '/models/recorder/migrations/none',
      '/models/other/migrations/none',
      `/models/other/migrations/${String(body['id'])}`,
    ]) {
      expect(await api.refused(api.get(each), 404)).toBe('unknown-migration')
      expect(await api.refused(api.get(`${each}/refusals`), 404)).toBe('unknown-migration')
      expect(await api.refused(api.post(`${each}/cancel`, { reason }), 404)).toBe('unknown-migration')
    }
    const events = await api.hub.database.sql`select type, subject, data from platform_event order by id`
    expect(events.map(({ type }) => type)).toEqual(['migration.started', 'migration.cancelled', 'migration.started'])
    expect(events[0]).toMatchObject({ subject: 'recorder', data: { by: 'usr-1', reason } })
  })
})
