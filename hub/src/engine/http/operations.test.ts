import type { Model } from '@sutler/engine'
import { describe, expect, it } from 'vitest'
import { until } from '../../../../test/support/until.ts'
import type { Task } from '../index.ts'
import { startApi, type TestApi } from '../test/api.ts'
import { child, parent, recorder, worker } from '../test/models.ts'

const reason = 'the shelf was full'

/** A worker whose external task fails until it is mended, in a model that names no signal for that. */
async function failing(): Promise<{ api: TestApi; mended: () => void; keys: string[] }> {
  let broken = true
  const keys: string[] = []
  const book: Task = {
    kind: 'external',
    async run({ key }) {
      keys.push(key)
      if (broken) throw new RangeError('nobody answers')
      return { result: 'booked' }
    },
  }
  const model = worker({ task: 'book', retry: { attempts: 2, first: '1ms' }, failed: null })
  const api = await startApi({ models: [model], tasks: { book } })
  await api.post('/instances', { model: 'worker', id: 'a', start: { signal: 'begin' } })
  await until(async () => (await api.get('/instances/worker/a')).body['attention'])
  return { api, mended: () => (broken = false), keys }
}

const types = async (api: TestApi, path: string): Promise<unknown[]> =>
  (await api.items(`${path}/history`)).map(({ type, outcome }) => `${String(type)} ${String(outcome)}`)

describe('an external task that failed and flagged its instance', () => {
  it('is started again by a retry, under its key', async () => {
    const { api, mended, keys } = await failing()
    expect((await api.get('/instances/worker/a')).body['attention']).toBe('task book failed: nobody answers')
    mended()
    const retried = await api.post('/instances/worker/a/retry', { reason })
    expect(retried.body).toMatchObject({ attention: null })
    const done = await until(async () => {
      const { body } = await api.get('/instances/worker/a')
      return body['done'] && body
    })
    expect(done).toMatchObject({ states: ['finished'], data: { result: 'booked' }, attention: null })
    expect(keys).toHaveLength(3)
    expect(new Set(keys).size).toBe(1)
    const [, entry] = await api.items('/instances/worker/a/history')
    expect(entry).toMatchObject({ type: 'operator.retry', from: 'usr-1', detail: reason, args: { tasks: [keys[0]] } })
  })

  it('is listed with its attempts, its last error and when it is tried next, until it has ended', async () => {
    const { api, mended } = await failing()
    const [task] = await api.items('/instances/worker/a/tasks')
    const tried = { attempts: 2, mostAttempts: 2, lastError: 'nobody answers', nextTry: null }
    expect(task).toMatchObject({ task: 'book', state: 'failed', ...tried })
    mended()
    await api.post('/instances/worker/a/retry', { reason })
    await until(async () => (await api.get('/instances/worker/a')).body['done'])
    expect(await api.items('/instances/worker/a/tasks')).toEqual([])
    expect((await api.get('/instances/worker/none/tasks')).status).toBe(404)
  })

  it('flags it again when it fails again', async () => {
    const { api, keys } = await failing()
    await api.post('/instances/worker/a/retry', { reason })
    await until(async () => (await api.get('/instances/worker/a')).body['attention'])
    expect(keys).toHaveLength(4)
  })

  it('is forgotten by a skip, and by a repair', async () => {
    for (const [kind, more] of [
      ['skip', {}],
      ['repair', { states: ['idle'] }],
    ] as const) {
      const { api, mended, keys } = await failing()
      mended()
      const after = await api.post(`/instances/worker/a/${kind}`, { reason, ...more })
      expect(after.body).toMatchObject({ attention: null, tasks: [] })
      expect(await api.hub.database.sql`select from engine_task`).toHaveLength(0)
      expect(await api.refused(api.post('/instances/worker/a/retry', { reason }), 409)).toBe('nothing-to-retry')
      expect(keys).toHaveLength(2)
    }
  })
})

const careful: Model = {
  ...recorder,
  model: 'careful',
  signals: { ...recorder.signals, cancel: { urgent: true, args: { reason: 'string?' } }, sweep: {} },
  data: { seen: [], why: '' },
  states: ['open', 'closing', 'closed'],
  transitions: [
    ...recorder.transitions,
    { name: 'wind down', on: 'cancel', from: ['open'], to: ['closing'], set: { why: 'args.reason' } },
    { name: 'sweep', on: 'sweep', from: ['closing'], to: ['closed'] },
  ],
}

describe('cancelling an instance', () => {
  it('is its model’s own cancel, where that has one, with the reason', async () => {
    const api = await startApi({ models: [careful] })
    await api.post('/instances', { model: 'careful', id: 'a' })
    const { status, body } = await api.post('/instances/careful/a/cancel', { reason })
    expect(status).toBe(200)
    expect(body).toMatchObject({ states: ['closing'], done: false, data: { why: reason } })
    expect(await types(api, '/instances/careful/a')).toEqual([
      'cancel fired',
      'operator.cancel operated',
      'operator.start operated',
    ])
  })

  it('ends it without a step when it is forced, or when its model has none', async () => {
    const api = await startApi({ models: [careful, recorder] })
    await api.post('/instances', { model: 'careful', id: 'a' })
    await api.post('/instances', { model: 'recorder', id: 'b' })
    const forced = await api.post('/instances/careful/a/cancel', { reason, force: true })
    const plain = await api.post('/instances/recorder/b/cancel', { reason })
    for (const { body } of [forced, plain]) expect(body).toMatchObject({ states: [], done: true })
    expect(await types(api, '/instances/careful/a')).toEqual(['operator.cancel operated', 'operator.start operated'])
    expect((await api.items('/instances/careful/a/history'))[0]).toMatchObject({
      done: true,
      from: 'usr-1',
      detail: reason,
    })
    const late = await api.post('/instances/careful/a/signals', { type: 'note', args: { n: 1 } })
    expect(late.body).toMatchObject({ outcome: 'rejected', reason: 'instance-done' })
  })

  it('drops its delayed signals, cancels its subinstances and tells its parent', async () => {
    const api = await startApi({ models: [child, parent({ wait: true })] })
    await api.post('/instances', { model: 'parent', id: 'p', start: { signal: 'call', args: { child: 'k' } } })
    await until(async () => (await api.get('/instances/child/k')).status === 200)
    await api.post('/instances/child/k/cancel', { reason, force: true })
    const told = await until(async () => {
      const { body } = await api.get('/instances/parent/p')
      return (body['children'] as unknown[]).length === 0 && body
    })
    expect(told).toMatchObject({ data: { heard: ['lost'] }, attention: null })
    await api.post('/instances', { model: 'parent', id: 'q', start: { signal: 'call', args: { child: 'l' } } })
    await until(async () => (await api.get('/instances/child/l')).body['steps'] === 1)
    await api.post('/instances/parent/q/cancel', { reason })
    const ended = await until(async () => {
      const { body } = await api.get('/instances/child/l')
      return body['done'] && body
    })
    expect(ended).toMatchObject({ states: ['cancelled'] })
  })

  it('is refused when it has ended, when there is none, and when the model’s cancel needs more', async () => {
    const [note, stop] = recorder.transitions
    const demanding: Model = {
      ...recorder,
      model: 'demanding',
      signals: { ...recorder.signals, cancel: { args: { reason: 'string', by: 'string' } } },
      transitions: [note!, stop!, { name: 'cancel', on: 'cancel', from: ['open'], to: ['closed'] }],
    }
    const api = await startApi({ models: [demanding] })
    await api.post('/instances', { model: 'demanding', id: 'a' })
    expect(await api.refused(api.post('/instances/demanding/a/cancel', { reason }), 409)).toBe('cannot-cancel')
    expect((await api.get('/instances/demanding/a')).body).toMatchObject({ states: ['open'], entries: 1 })
    expect(await api.refused(api.post('/instances/demanding/b/cancel', { reason }), 404)).toBe('unknown-instance')
    expect(await api.refused(api.post('/instances/demanding/a/cancel', {}), 400)).toBe('invalid-request')
    const stale = api.post('/instances/demanding/a/cancel', { reason, force: true }, { 'if-match': '"0"' })
    expect(await api.refused(stale, 412)).toBe('changed-meanwhile')
    await api.post('/instances/demanding/a/cancel', { reason, force: true })
    expect(await api.refused(api.post('/instances/demanding/a/cancel', { reason }), 409)).toBe('instance-done')
  })
})

it('what people do is in the event log as well: history goes with its instance', async () => {
  const api = await startApi({ models: [recorder] })
  await api.post('/instances', { model: 'recorder', id: 'a' })
  await api.post('/instances/recorder/a/repair', { reason, data: { seen: [1] } })
  await api.post('/instances/recorder/a/cancel', { reason })
  const events = await api.hub.database.sql`select type, subject, household, data from platform_event order by id`
  expect(events).toMatchObject([
    {
      type: 'instance.repaired',
      subject: 'a',
      household: null,
      data: { model: 'recorder', by: 'usr-1', reason, entry: 2 },
    },
    { type: 'instance.cancelled', subject: 'a', data: { entry: 3 } },
  ])
})
