import { beforeEach, describe, expect, it } from 'vitest'
import { startApi, type TestApi } from '../test/api.ts'
import { child, parent, recorder, sleeper } from '../test/models.ts'

let api: TestApi

beforeEach(async () => {
  api = await startApi({ models: [recorder, sleeper, child, parent({ wait: false })] })
})

describe('starting an instance', () => {
  it('gives it an id, and answers with it and where it is', async () => {
    const { status, headers, body } = await api.post('/instances', { model: 'recorder' })
    expect(status).toBe(201)
    expect(body).toMatchObject({ model: 'recorder', version: '1.0.0', states: ['open'], returned: null, entries: 1 })
    expect(headers.get('location')).toBe(`/api/v1/instances/recorder/${String(body['id'])}`)
    expect(headers.get('etag')).toBe('"1"')
    const [entry] = await api.items(`/instances/recorder/${String(body['id'])}/history`)
    expect(entry).toMatchObject({ type: 'operator.start', outcome: 'operated', from: 'usr-1', data: { seen: [] } })
  })

  it('sends it its first signal, and answers with what became of it', async () => {
    const start = { signal: 'note', args: { n: 7 }, id: 'first' }
    const { status, body } = await api.post('/instances', { model: 'recorder', id: 'a b', start })
    expect(status).toBe(201)
    expect(body).toMatchObject({
      id: 'a b',
      data: { seen: [7] },
      returned: { outcome: 'fired', fired: ['note'], states: ['open'], args: { n: 7 } },
    })
    const again = await api.post('/instances/recorder/a%20b/signals', { type: 'note', args: { n: 7 }, id: 'first' })
    expect(again.body).toMatchObject({ outcome: 'fired', duplicate: true })
  })

  it('takes a version and the arguments of its call', async () => {
    const request = { model: 'child', version: '1', id: 'c', call: { size: 3 }, start: { signal: 'work' } }
    expect((await api.post('/instances', request)).body).toMatchObject({ call: { size: 3 }, data: { made: 3 } })
  })

  it('says when the first signal was rejected: the instance is there all the same', async () => {
    const { status, body } = await api.post('/instances', { model: 'recorder', id: 'a', start: { signal: 'sing' } })
    expect(status).toBe(201)
    expect(body).toMatchObject({ states: ['open'], returned: { outcome: 'rejected', reason: 'unknown-signal' } })
  })

  it('is refused for a model or a version that is not published, and for an id that is taken', async () => {
    expect(await api.refused(api.post('/instances', { model: 'nobody' }), 404)).toBe('unknown-model')
    expect(await api.refused(api.post('/instances', { model: 'recorder', version: '2' }), 404)).toBe('unknown-model')
    await api.post('/instances', { model: 'recorder', id: 'a', start: { signal: 'note', args: { n: 1 } } })
    const again = api.post('/instances', { model: 'recorder', id: 'a', start: { signal: 'note', args: { n: 2 } } })
    expect(await api.refused(again, 409)).toBe('instance-exists')
    expect((await api.get('/instances/recorder/a')).body).toMatchObject({ data: { seen: [1] } })
    const huge = { model: 'recorder', id: 'b', start: { signal: 'note', args: { n: 'x'.repeat(70_000) } } }
    expect(await api.refused(api.post('/instances', huge), 400)).toBe('invalid-signal')
    const call = { model: 'recorder', id: 'b', call: { n: 'x'.repeat(70_000) } }
    expect(await api.refused(api.post('/instances', call), 400)).toBe('invalid-signal')
    expect((await api.get('/instances/recorder/b')).status).toBe(404)
    expect(await api.refused(api.post('/instances', { model: 'recorder', id: '' }), 400)).toBe('invalid-request')
    expect(await api.refused(api.post('/instances', { model: 'recorder', ids: 'x' }), 400)).toBe('invalid-request')
  })
})

describe('the list of instances', () => {
  const ids = async (query: string): Promise<unknown[]> => (await api.items(`/instances?${query}`)).map(({ id }) => id)

  it('is searched by model, version, states, flag and end', async () => {
    for (const id of ['a', 'b']) await api.post('/instances', { model: 'recorder', id })
    await api.post('/instances', { model: 'sleeper', id: 's' })
    await api.post('/instances/recorder/b/signals', { type: 'stop' })
    await api.hub.database.sql`update engine_instance set attention = 'look' where id = 'a'`
    expect(await ids('model=recorder')).toEqual(['a', 'b'])
    expect(await ids('model=recorder&version=1.0.0')).toEqual(['a', 'b'])
    expect(await ids('version=2.0.0')).toEqual([])
    expect(await ids('state=asleep')).toEqual(['s'])
    expect(await ids('state=asleep&state=open')).toEqual([])
    expect(await ids('done=true')).toEqual(['b'])
    expect(await ids('done=false')).toEqual(['a', 's'])
    expect(await ids('attention=true')).toEqual(['a'])
    expect((await api.items('/instances?done=true'))[0]).toMatchObject({ endedAt: expect.stringMatching(/^20/) })
  })

  it('is searched by data: a path and a value, JSON or text', async () => {
    for (const n of [1, 2]) {
      const start = { signal: 'note', args: { n } }
      await api.post('/instances', { model: 'recorder', id: `r${n}`, start })
    }
    await api.hub.database.sql`
      update engine_instance set data = '{"seen":[1],"name":"3","deep":{"a.b":{"on":true}},"nothing":null}' where id = 'r1'`
    expect(await ids('data=seen=[1]')).toEqual(['r1'])
    expect(await ids('data=seen.0=2')).toEqual(['r2'])
    expect(await ids('data=name=3')).toEqual(['r1'])
    expect(await ids('data=name=%223%22')).toEqual(['r1'])
    expect(await ids('data=/deep/a.b/on=true')).toEqual(['r1'])
    expect(await ids('data=nothing=null')).toEqual(['r1'])
    expect(await ids('data=seen=[1]&data=name=4')).toEqual([])
    expect(await ids("data=name=' or true --")).toEqual([])
    for (const wrong of ['data=seen', 'data==1', 'data=a..b=1', `data=${'a.'.repeat(20)}b=1`, 'done=maybe', 'parent=x'])
      expect(await api.refused(api.get(`/instances?${wrong}`), 400)).toBe('invalid-request')
    const many = Array.from({ length: 9 }, (_, n) => `data=seen=${n}`).join('&')
    expect(await api.refused(api.get(`/instances?${many}`), 400)).toBe('invalid-request')
  })

  it('is searched by parent and by time', async () => {
    await api.post('/instances', { model: 'parent', id: 'p', start: { signal: 'call', args: { child: 'kid 1' } } })
    await api.post('/instances', { model: 'child', id: 'other' })
    await expect.poll(() => ids('parent=parent/p')).toEqual(['kid 1'])
    expect(await ids('parent=model:parent@1.0.0/p')).toEqual(['kid 1'])
    expect(await ids('parent=parent/q')).toEqual([])
    const [past, future] = ['2020-01-01T00:00:00Z', '2100-01-01T00:00:00Z']
    expect(await ids(`createdFrom=${past}&createdTo=${future}`)).toHaveLength(3)
    expect(await ids(`changedFrom=${future}`)).toEqual([])
    expect(await ids(`endedFrom=${past}`)).toEqual([])
    expect(await ids(`createdTo=${past}`)).toEqual([])
  })

  it('goes on behind what one request looked at, also when that was nothing', async () => {
    await api.hub.database.sql`
      insert into engine_instance (key, model, id, version, depth, call, states, data, pending, steps, entries, created_at,
        changed_at)
      select -n, 'recorder', 'i' || lpad(n::text, 6, '0'), '1.0.0', 0, '{}', '["open"]',
        json_build_object('n', n), '{}', 1, 1, 0, 0
      from generate_series(1, 60000) n`
    const first = await api.get('/instances?data=n=59000')
    expect(first.body).toMatchObject({ items: [], next: expect.any(String) })
    const found: unknown[] = []
    for (let { next } = first.body; next !== null;) {
      const { body } = await api.get(`/instances?data=n=59000&cursor=${next}`)
      found.push(...body.items)
      next = body.next
    }
    expect(found).toMatchObject([{ id: 'i059000' }])
    const page = await api.get('/instances?limit=2')
    expect(page.body.items.map(({ id }) => id)).toEqual(['i000001', 'i000002'])
    const rest = await api.get(`/instances?limit=1&cursor=${page.body.next}`)
    expect(rest.body.items.map(({ id }) => id)).toEqual(['i000003'])
    expect(await api.refused(api.get('/instances?cursor=Zm9v'), 400)).toBe('invalid-cursor')
  })
})
