import { beforeEach, describe, expect, it } from 'vitest'
import { startApi, type TestApi } from '../test/api.ts'
import { recorder, sleeper } from '../test/models.ts'

let api: TestApi

beforeEach(async () => {
  api = await startApi({ models: [recorder, sleeper] })
})

const steps = async (query: string): Promise<unknown[]> =>
  (await api.items(`/history?${query}`)).map(
    ({ id, type, outcome }) => `${String(id)} ${String(type)} ${String(outcome)}`,
  )

describe('steps of all instances', () => {
  it('are searched by model, id, signal, outcome, states and data', async () => {
    for (const id of ['a', 'b'])
      await api.post('/instances', {
        model: 'recorder',
        id,
        start: { signal: 'note', args: { n: id === 'a' ? 1 : 2 } },
      })
    await api.post('/instances/recorder/a/signals', { type: 'note', args: { n: 'x' } })
    await api.post('/instances/recorder/b/signals', { type: 'stop' })
    await api.post('/instances', { model: 'sleeper', id: 's', start: { signal: 'rise' } })
    expect(await steps('model=recorder')).toEqual([
      'b stop fired',
      'a note rejected',
      'b note fired',
      'b operator.start operated',
      'a note fired',
      'a operator.start operated',
    ])
    expect(await steps('id=s')).toEqual(['s rise fired', 's operator.start operated'])
    expect(await steps('signal=note&outcome=rejected')).toEqual(['a note rejected'])
    expect(await steps('signal=operator.start&model=sleeper')).toEqual(['s operator.start operated'])
    expect(await steps('state=up')).toEqual(['s rise fired'])
    expect(await steps('state=up&state=asleep')).toEqual([])
    expect(await steps('data=seen=[2]')).toEqual(['b note fired'])
    expect((await api.items('/history?data=seen.0=1'))[0]).toMatchObject({
      model: 'recorder',
      id: 'a',
      step: 1,
      args: { n: 1 },
    })
    expect(await api.refused(api.get('/history?outcome=lost'), 400)).toBe('invalid-request')
    expect(await api.refused(api.get('/history?data=seen'), 400)).toBe('invalid-request')
  })

  it('are searched by time, and paged, newest first', async () => {
    await api.post('/instances', { model: 'recorder', id: 'a' })
    const { key } = (await api.hub.database.sql<{ key: number }[]>`select key from engine_instance`)[0]!
    await api.hub.database.sql`delete from engine_history`
    const day = 86_400_000
    // One a day for three years: what is far back is found without looking at every second between.
    await api.hub.database.sql`
      insert into engine_history (instance, entry, at, type, signal_id, outside, body)
      select ${key}::bigint, n, 1700000000000 + n * ${day}::bigint, 'note', 'n' || n, true,
        '{"step":1,"from":"external","outcome":"fired","states":["open"]}'
      from generate_series(1, 1000) n`
    const at = (n: number): string => new Date(1_700_000_000_000 + n * day).toISOString()
    const entries = async (query: string): Promise<unknown[]> =>
      (await api.items(`/history?${query}`)).map(({ entry }) => entry)
    expect(await entries(`from=${at(3)}&to=${at(6)}`)).toEqual([5, 4, 3])
    expect(await entries(`to=${at(2)}`)).toEqual([1])
    const seen: unknown[] = []
    for (let cursor = ''; ;) {
      const { body } = await api.get(`/history?limit=200${cursor}`)
      seen.push(...body.items.map(({ entry }) => entry))
      if (body.next === null) break
      cursor = `&cursor=${body.next}`
    }
    expect(seen).toEqual(Array.from({ length: 1_000 }, (_, n) => 1_000 - n))
    expect(await api.refused(api.get('/history?cursor=Zm9v'), 400)).toBe('invalid-cursor')
  })
})
