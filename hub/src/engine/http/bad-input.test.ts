import type { Model } from '@sutler/engine'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { systemClock } from '../../platform/clock.ts'
import { createWebServer } from '../../platform/http/server.ts'
import { silentLog } from '../../platform/log.ts'
import { createMetrics } from '../../platform/metrics.ts'
import { startApi, type TestApi } from '../test/api.ts'
import { operator } from '../test/principals.ts'
import { sound } from '../test/bad-models.ts'
import { withoutTls } from '../../../../test/support/handshakes.ts'

/** Does in a step whatever is asked of it, within what it can. */
const hostile: Model = {
  model: 'hostile',
  version: '1.0.0',
  data: { n: 0, text: 'x', list: [] },
  states: ['on', 'over'],
  initial: ['on'],
  final: ['over'],
  signals: {
    add: { args: { n: 'int' } },
    loop: {},
    grow: { args: { text: 'string' } },
    toil: { args: { list: 'list' } },
    void: {},
    end: {},
  },
  transitions: [
    { name: 'add', on: 'add', from: ['on'], to: ['on'], set: { n: 'data.n + args.n' } },
    { name: 'loop', on: 'loop', from: ['on'], to: ['on'], set: { n: 'data.n + 1' }, emit: [{ signal: 'loop' }] },
    { name: 'grow', on: 'grow', from: ['on'], to: ['on'], set: { text: 'data.text + args.text' } },
    {
      name: 'toil',
      on: 'toil',
      from: ['on'],
      to: ['on'],
      set: { list: 'args.list.filter(a, args.list.all(b, args.list.all(c, a + b + c != 1)))' },
    },
    { name: 'void', on: 'void', from: ['on'], to: ['on'], set: { text: "'a\\u0000b'" } },
    { name: 'end', on: 'end', from: ['on'], to: ['over'] },
  ],
}

let api: TestApi

beforeEach(async () => {
  api = await startApi({ models: [hostile] })
  await api.post('/instances', { model: 'hostile', id: 'a' })
})

const send = (body: object, id = 'a') => api.post(`/instances/hostile/${id}/signals`, body)
const seen = async (): Promise<unknown> => {
  const { states, data, done } = (await api.get('/instances/hostile/a')).body
  return { states, data, done }
}
const untouched = { states: ['on'], data: { n: 0, text: 'x', list: [] }, done: false }

describe('a signal that cannot be taken leaves its instance as it was', () => {
  it.each([
    ['unknown', { type: 'sing' }, 'rejected', 'unknown-signal'],
    ['without an argument it needs', { type: 'add' }, 'rejected', 'bad-arguments'],
    ['with an argument of another type', { type: 'add', args: { n: 'one' } }, 'rejected', 'bad-arguments'],
    ['with an argument too many', { type: 'add', args: { n: 1, m: 2 } }, 'rejected', 'bad-arguments'],
    ['whose macrostep never ends', { type: 'loop' }, 'failed', 'runaway'],
    [
      'whose expression is too much work',
      { type: 'toil', args: { list: Array.from({ length: 200 }, () => 1) } },
      'failed',
      'over-budget',
    ],
    ['whose expression gives text that cannot be kept', { type: 'void' }, 'failed', 'not-json'],
  ])('%s', async (_, body, outcome, reason) => {
    const answered = await send(body)
    expect([answered.status, answered.body]).toMatchObject([200, { outcome, reason, states: ['on'] }])
    expect(await seen()).toEqual(untouched)
    const { attention } = (await api.get('/instances/hostile/a')).body
    expect(attention === null).toBe(outcome === 'rejected')
  })

  it('that makes its data larger than it may be: the step is undone', async () => {
    const text = 'y'.repeat(40_000)
    expect((await send({ type: 'grow', args: { text } })).body).toMatchObject({ outcome: 'fired' })
    expect((await send({ type: 'grow', args: { text } })).body).toMatchObject({
      outcome: 'failed',
      reason: 'data-too-large',
    })
    expect(await seen()).toMatchObject({ data: { text: `x${text}` } })
  })

  it('whose arguments cannot be stored', async () => {
    const bodies = [{ list: 'x'.repeat(70_000) }, { list: '\0' }, { list: '\ud800' }]
    for (const args of bodies) expect(await api.refused(send({ type: 'toil', args }), 400)).toBe('invalid-signal')
    const body = `{"type":"toil","args":{"list":${'['.repeat(10_000)}${']'.repeat(10_000)}}}`
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body }
    const answered = await api.app.request('/instances/hostile/a/signals', init)
    expect([answered.status, await answered.json()]).toMatchObject([400, { type: '/problems/invalid-signal' }])
    expect(await seen()).toEqual(untouched)
  })

  it('sent twice is taken once; the second answer is the first outcome', async () => {
    const add = { type: 'add', args: { n: 1 }, id: 'once' }
    const first = await send(add)
    const second = await send({ ...add, args: { n: 5 } })
    expect(second.body).toEqual({ ...first.body, duplicate: true })
    expect(await seen()).toMatchObject({ data: { n: 1 } })
  })

  it('to an instance that has ended, or to none', async () => {
    await send({ type: 'end' })
    const after = await seen()
    expect((await send({ type: 'add', args: { n: 1 } })).body).toMatchObject({
      outcome: 'rejected',
      reason: 'instance-done',
    })
    expect(await seen()).toEqual(after)
    expect(await api.refused(send({ type: 'end' }, 'nobody'), 404)).toBe('unknown-instance')
    expect(await api.refused(api.post('/instances/nobody/a/signals', { type: 'end', create: {} }), 404)).toBe(
      'unknown-model',
    )
  })

  it('that is not one at all', async () => {
    for (const body of [
      {},
      { type: '' },
      { type: 7 },
      { type: 'end', args: [] },
      { type: 'end', id: '' },
      { type: 'end', more: 1 },
    ])
      expect(await api.refused(send(body), 400)).toBe('invalid-request')
    expect(await seen()).toEqual(untouched)
  })
})

it('a body of 10 MB is refused before it is read', async () => {
  const server = createWebServer({
    hubId: () => 'hub-test',
    version: '0.0.0',
    access: operator,
    database: api.hub.database,
    clock: systemClock,
    log: silentLog,
    metrics: createMetrics(),
    modules: [api.hub.engine.routes()],
    raw: [],
    retention: 86_400_000,
    abandonedAfter: 60_000,
    bodyLimit: 1024 * 1024,
    bodyDeadline: 10_000,
    connectionLimit: 100,
    ...withoutTls,
    ready: {},
  })
  const port = await server.listenPlain(0)
  onTestFinished(() => server.close(1_000))
  const post = async (path: string, body: object) => {
    const headers = { 'content-type': 'application/json', authorization: 'Bearer operator' }
    const response = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    })
    return [response.status, ((await response.json()) as { type: string }).type]
  }
  const document = { ...sound, data: { text: 'x'.repeat(10 * 1024 * 1024) } }
  const refused = [413, '/problems/body-too-large']
  expect(await post('/models', { document })).toEqual(refused)
  expect(await post('/models/check', { document })).toEqual(refused)
  expect(await post('/instances/hostile/a/signals', { type: 'grow', args: document.data })).toEqual(refused)
  expect(await seen()).toEqual(untouched)
})
