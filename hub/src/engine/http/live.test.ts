import { describe, expect, it } from 'vitest'
import { databaseForThisTest } from '../../../../test/support/database.ts'
import { manualClock } from '../../../../test/support/manual-clock.ts'
import { until } from '../../../../test/support/until.ts'
import { startApi, type TestApi } from '../test/api.ts'
import { readStream, type ReadEvent } from '../test/event-stream.ts'
import { recorder, sleeper } from '../test/models.ts'

const note = (api: TestApi, id: string, n: number) =>
  api.hub.engine.signal({ to: `model:recorder/${id}`, type: 'note', args: { n }, create: {} })

const numbers = (events: readonly ReadEvent[]): unknown[] =>
  events.map(({ data }) => (data['args'] as Record<string, unknown>)['n'])

describe('the stream of an instance', () => {
  it('shows each step from now on, also those that another hub does', async () => {
    const { url } = await databaseForThisTest()
    const [here, there] = [await startApi({ url, models: [recorder] }), await startApi({ url })]
    await note(here, 'a', 0)
    const stream = await readStream(here.app, '/instances/recorder/a/live')
    await stream.from
    for (const n of [1, 2, 3]) await note(n === 2 ? here : there, 'a', n)
    await note(there, 'b', 9)
    await there.post('/instances/recorder/a/repair', { reason: 'so', data: { seen: [7] } })
    const events = await stream.first(4)
    expect(numbers(events)).toEqual([1, 2, 3, undefined])
    expect(events[0]).toMatchObject({
      event: 'step',
      data: {
        model: 'recorder',
        id: 'a',
        entry: 2,
        type: 'note',
        outcome: 'fired',
        states: ['open'],
        data: { seen: [0, 1] },
      },
    })
    expect(events[3]!.data).toMatchObject({ type: 'operator.repair', from: 'usr-1', detail: 'so' })
    expect(stream.events).toHaveLength(4)
  })

  it('is taken up again behind the last step that was seen, at any hub, without a gap or a double', async () => {
    const { url } = await databaseForThisTest()
    const [here, there] = [await startApi({ url, models: [recorder] }), await startApi({ url })]
    await note(here, 'a', 0)
    const stream = await readStream(here.app, '/instances/recorder/a/live')
    const from = await stream.from
    await note(here, 'a', 1)
    const [first] = await stream.first(1)
    await stream.cut()
    for (const n of [2, 3]) await note(here, 'a', n)
    expect(numbers(await (await readStream(there.app, '/instances/recorder/a/live', first!.id)).first(2))).toEqual([
      2, 3,
    ])
    const since = await readStream(there.app, `/instances/recorder/a/live?since=${from}`)
    expect(numbers(await since.first(3))).toEqual([1, 2, 3])
  })

  it('begins anew where another instance has the id now', async () => {
    const api = await startApi({ models: [recorder] })
    await note(api, 'a', 0)
    await note(api, 'a', 1)
    const stream = await readStream(api.app, '/instances/recorder/a/live')
    const from = await stream.from
    await api.hub.database.sql`delete from engine_history`
    await api.hub.database.sql`delete from engine_instance`
    await stream.ended
    await until(() => note(api, 'a', 5).catch(() => null))
    const next = await readStream(api.app, '/instances/recorder/a/live', from)
    expect(numbers(await next.first(1))).toEqual([5])
  })

  it('is refused where there is no such instance, and behind what is no step of it', async () => {
    const api = await startApi({ models: [recorder] })
    expect(await api.refused(api.get('/instances/recorder/a/live'), 404)).toBe('not-found')
    await note(api, 'a', 0)
    for (const since of ['x', '1', '1-2-3', '1e3-2', '-1-2', '99999999999999999999-1'])
      expect(await api.refused(api.get('/instances/recorder/a/live', { 'last-event-id': since }), 400)).toBe(
        'invalid-request',
      )
  })
})

describe('the stream of a model', () => {
  it('shows the steps of all its instances, whichever hub does them, and of no others', async () => {
    const { url } = await databaseForThisTest()
    const here = await startApi({ url, models: [recorder, sleeper] })
    const there = await startApi({ url })
    await note(here, 'a', 0)
    const stream = await readStream(here.app, '/models/recorder/live')
    await stream.from
    await there.post('/instances', { model: 'sleeper', id: 's', start: { signal: 'rise' } })
    for (const n of [1, 2, 3, 4]) await note(n % 2 ? here : there, `i${n}`, n)
    expect(numbers(await stream.first(4))).toEqual([1, 2, 3, 4])
    expect(stream.events.map(({ data }) => data['id'])).toEqual(['i1', 'i2', 'i3', 'i4'])
  })

  it('passes by no step of a transaction that commits late, and resumes without a gap or a double', async () => {
    const api = await startApi({ models: [recorder] })
    await note(api, 'late', 0)
    const stream = await readStream(api.app, '/models/recorder/live')
    const from = await stream.from
    const [started, finish] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const slow = api.hub.database.transaction(async ({ sql }) => {
      await sql`
        insert into engine_history (instance, entry, at, type, signal_id, outside, body)
        select key, 2, 0, 'note', 'x', false, '{"step":2,"from":"external","outcome":"fired","states":["open"],"args":{"n":1}}'
        from engine_instance`
      started.resolve()
      await finish.promise
    })
    await started.promise
    await note(api, 'a', 2)
    // A second stream has looked, and shows nothing either: the older transaction may still write what comes first.
    await (
      await readStream(api.app, '/models/recorder/live')
    ).from
    expect(stream.events).toEqual([])
    finish.resolve()
    await slow
    expect(numbers(await stream.first(2))).toEqual([1, 2])
    const resumed = await readStream(api.app, '/models/recorder/live', stream.events[0]!.id)
    expect(numbers(await resumed.first(1))).toEqual([2])
    expect(numbers(await (await readStream(api.app, '/models/recorder/live', from)).first(2))).toEqual([1, 2])
  })

  it('reads far behind in many small parts', async () => {
    const api = await startApi({ models: [recorder] })
    const stream = await readStream(api.app, '/models/recorder/live')
    const from = await stream.from
    for (let n = 0; n < 120; n++) await note(api, `i${n % 7}`, n)
    const all = Array.from({ length: 120 }, (_, n) => n)
    expect(numbers(await stream.first(120))).toEqual(all)
    expect(numbers(await (await readStream(api.app, '/models/recorder/live', from)).first(120))).toEqual(all)
  })

  it('is refused for a model that is not published, and behind what is no step of it', async () => {
    const api = await startApi({ models: [recorder] })
    expect(await api.refused(api.get('/models/nobody/live'), 404)).toBe('unknown-model')
    expect(await api.refused(api.get('/models/recorder/live?since=1-2'), 400)).toBe('invalid-request')
  })
})

describe('live streams', () => {
  it('end when the hub stops, and those of readers that are gone are forgotten', async () => {
    const api = await startApi({ models: [recorder] })
    await note(api, 'a', 0)
    const paths = ['/instances/recorder/a/live', '/models/recorder/live']
    const streams = await Promise.all(paths.map((path) => readStream(api.app, path)))
    for (const { from } of streams) await from
    api.hub.engine.endStreams()
    for (const { ended } of streams) await ended
    const late = await readStream(api.app, '/models/recorder/live')
    await late.ended
    expect(late.events).toEqual([])
  })

  it('say now and then that they are there, and cut who does not read', async () => {
    const clock = manualClock()
    const api = await startApi({ models: [recorder], clock })
    const stream = await readStream(api.app, '/models/recorder/live')
    await stream.from
    await until(() => {
      clock.advance(5_000)
      return stream.comments.includes(': still here')
    })
    const idle = await api.app.request('/models/recorder/live')
    await until(() => {
      clock.advance(5_000)
      return stream.comments.length > 12
    })
    // What was written before it was cut is there to be read; then it ends.
    const rest = await new Response(idle.body).text().catch(() => '')
    expect(rest.split(': still here').length).toBeLessThan(4)
  })

  it('are bounded: one more than a hub serves is refused, and taken when another has gone', async () => {
    const api = await startApi({ models: [recorder] })
    const open = await Promise.all(Array.from({ length: 1_000 }, () => api.app.request('/models/recorder/live')))
    expect(new Set(open.map(({ status }) => status))).toEqual(new Set([200]))
    expect(await api.refused(api.get('/models/recorder/live'), 503)).toBe('too-many-live-streams')
    await open[0]!.body!.cancel()
    const stream = await until(() => readStream(api.app, '/models/recorder/live').catch(() => null))
    await stream.from
    api.hub.engine.endStreams()
  })
})
