import type { Model } from '@sutler/engine'
import { describe, expect, it } from 'vitest'
import { databaseForThisTest } from '../../../test/support/database.ts'
import { startHub } from './test/hub.ts'
import { recorder, tally, worker } from './test/models.ts'

describe('publishing a model', () => {
  it('again with the same content, in any order of keys, changes nothing', async () => {
    const { url } = await databaseForThisTest()
    const hub = await startHub({ url, models: [recorder] })
    await hub.engine.publish(Object.fromEntries(Object.entries(recorder).toReversed()))
    expect(await hub.database.sql`select from engine_model`).toHaveLength(1)
  })

  it('keeps the order in which a transition’s entries are written: each sees the one before', async () => {
    const { url } = await databaseForThisTest()
    const swap: Model = {
      ...recorder,
      model: 'swap',
      data: { outgoing: [], list: [0] },
      signals: { swap: {}, stop: {} },
      transitions: [
        // PostgreSQL's jsonb would put the shorter name first, and the old list would be lost.
        { name: 'swap', on: 'swap', from: ['open'], to: ['open'], set: { outgoing: 'data.list', list: '[1]' } },
        { name: 'stop', on: 'stop', from: ['open'], to: ['closed'] },
      ],
    }
    const hub = await startHub({ url, models: [swap] })
    const other = await startHub({ url })
    for (const [name, each] of Object.entries({ hub, other })) {
      await each.engine.signal({ to: `model:swap/${name}`, type: 'swap', args: {}, create: {} })
      expect(await each.data(`swap/${name}`)).toEqual({ outgoing: [0], list: [1] })
    }
    const [row] = await hub.database.sql`select document::text as text from engine_model`
    expect(row?.['text']).toBe(JSON.stringify(swap))
    const turned = { ...swap.transitions[0]!, set: { list: '[1]', outgoing: 'data.list' } }
    const otherOrder = { ...swap, transitions: [turned, swap.transitions[1]] }
    await expect(hub.engine.publish(otherOrder)).rejects.toMatchObject({ code: 'model-version-taken' })
  })

  it('semantics 6.1: again with other content under the same version is refused, and the first one stays', async () => {
    const { url } = await databaseForThisTest()
    const hub = await startHub({ url, models: [recorder] })
    const changed = { ...recorder, data: { seen: [0] } }
    await expect(hub.engine.publish(changed)).rejects.toMatchObject({
      code: 'model-version-taken',
      message: expect.stringContaining('recorder@1.0.0'),
    })
    await hub.engine.signal({ to: 'model:recorder/a', type: 'note', args: { n: 1 }, create: {} })
    expect(await hub.data('recorder/a')).toEqual({ seen: [1] })
  })

  it('semantics 4.5: that names a task nobody registered is refused', async () => {
    const { url } = await databaseForThisTest()
    const hub = await startHub({ url })
    await expect(hub.engine.publish(worker({ task: 'book' }))).rejects.toMatchObject({
      code: 'model-unsound',
      places: [{ pointer: expect.stringContaining('/transitions/0/tasks/0'), detail: expect.stringContaining('book') }],
    })
    expect(await hub.database.sql`select from engine_model`).toHaveLength(0)
  })

  it('that is no model at all is refused', async () => {
    const { url } = await databaseForThisTest()
    const hub = await startHub({ url })
    for (const document of [null, 'model', {}, { ...recorder, states: [] }]) {
      await expect(hub.engine.publish(document)).rejects.toMatchObject({ code: 'model-unsound' })
    }
  })

  it('semantics 6.1: in a higher version serves new instances; running ones stay on theirs', async () => {
    const { url } = await databaseForThisTest()
    const hub = await startHub({ url, models: [recorder] })
    const note = (id: string, version?: string) => ({
      to: `model:recorder/${id}`,
      type: 'note',
      args: { n: 1 },
      create: version === undefined ? {} : { version },
    })
    await hub.engine.signal(note('old'))
    const next: Model = { ...recorder, version: '1.10.0', data: { seen: ['new'] } }
    await hub.engine.publish(next)
    await hub.engine.publish({ ...next, version: '1.9.0' })
    for (const id of ['old', 'new']) await hub.engine.signal(note(id))
    await hub.engine.signal(note('pinned', '1.0.0'))
    const versions = await hub.engine.instances({ model: 'recorder' }, { limit: 10 })
    expect(versions.map(({ id, version }) => [id, version])).toEqual([
      ['new', '1.10.0'],
      ['old', '1.0.0'],
      ['pinned', '1.0.0'],
    ])
  })

  it('gives the model’s data the keys it lacks, and keeps what instances wrote', async () => {
    const { url } = await databaseForThisTest()
    const hub = await startHub({ url, models: [tally] })
    await hub.engine.signal({ to: 'model:tally/a', type: 'count', args: {}, create: {} })
    await hub.engine.publish({ ...tally, version: '1.1.0', shared: { total: 0, limit: 9 } })
    const [row] = await hub.database.sql`select data from engine_shared where model = 'tally'`
    expect(row?.['data']).toEqual({ total: 1, limit: 9 })
  })
})
