import { describe, expect, it } from 'vitest'
import { databaseForThisTest } from '../../../test/support/database.ts'
import { until } from '../../../test/support/until.ts'
import { startHub } from './test/hub.ts'
import { child, messenger, parent, recorder } from './test/models.ts'

const to = 'model:parent/p'
const call = { to, type: 'call', args: { child: 'c' }, create: {} }

describe('subinstances', () => {
  it('semantics 5.6: are created by a call, hear their parent, and tell it what they made', async () => {
    const { url } = await databaseForThisTest()
    const hub = await startHub({ url, models: [child, parent({ wait: false })] })
    await hub.engine.signal(call)
    expect(await hub.engine.instance('child/c')).toMatchObject({
      states: ['working'],
      data: { made: 3 },
      call: { size: 3 },
      parent: { url: 'model:parent@1.0.0/p', as: 'kid' },
    })
    await hub.engine.signal({ to: 'model:child/c', type: 'finish', args: { made: 9 } })
    expect((await hub.data('parent/p'))['heard']).toEqual(['ready 9'])
    expect((await hub.engine.instance('parent/p'))?.children).toEqual([])
  })

  it('that are waited for hold the parent’s signals, urgent ones excepted, and release them in order', async () => {
    const { url } = await databaseForThisTest()
    const hub = await startHub({ url, models: [child, parent({ wait: true })] })
    await hub.engine.signal(call)
    const note = (n: number) => hub.engine.signal({ to, type: 'note', args: { n } })
    expect((await note(1)).outcome).toBe('held')
    expect((await hub.engine.signal({ to, type: 'hurry', args: {} })).outcome).toBe('fired')
    expect((await note(2)).outcome).toBe('held')
    await hub.engine.signal({ to: 'model:child/c', type: 'finish', args: { made: 4 } })
    expect((await hub.data('parent/p'))['heard']).toEqual(['hurry', 'ready 4', 'note 1', 'note 2'])
  })

  it('free the parent that waited also when the step that takes their end is undone', async () => {
    const { url } = await databaseForThisTest()
    const waiting = parent({ wait: true })
    const transitions = waiting.transitions.map((each) =>
      each.name === 'ready' ? { ...each, tasks: [{ task: 'book' }] } : each,
    )
    const book = { kind: 'transactional', run: () => Promise.reject(new RangeError('no place')) } as const
    const hub = await startHub({ url, models: [child, { ...waiting, transitions }], tasks: { book } })
    await hub.engine.signal(call)
    await hub.engine.signal({ to, type: 'note', args: { n: 1 } })
    await hub.engine.signal({ to: 'model:child/c', type: 'finish', args: { made: 4 } })
    const view = await until(async () => {
      const found = await hub.engine.instance('parent/p')
      return found?.attention ? found : null
    })
    expect(view).toMatchObject({ children: [], held: [], attention: 'ready failed: task-threw: no place' })
    expect(view.data['heard']).toEqual(['note 1'])
    expect(await hub.engine.signal({ to, type: 'note', args: { n: 2 } })).toMatchObject({ outcome: 'fired' })
    expect(await hub.engine.instance('child/c')).toMatchObject({ states: ['ended'] })
  })

  it('semantics 5.4: are joined when the same parent calls again, and tell their end again when they have ended', async () => {
    const { url } = await databaseForThisTest()
    const hub = await startHub({ url, models: [child, parent({ wait: false })] })
    await hub.engine.signal(call)
    await hub.engine.signal(call)
    await hub.engine.signal({ to: 'model:child/c', type: 'finish', args: { made: 5 } })
    await hub.engine.signal(call)
    expect((await hub.data('parent/p'))['heard']).toEqual(['ready 5', 'ready 5'])
    expect(await hub.engine.instances({ model: 'child' }, { limit: 10 })).toHaveLength(1)
  })

  it('semantics 5.4: of somebody else are refused: the calling step is undone and its instance flagged', async () => {
    const { url } = await databaseForThisTest()
    const hub = await startHub({ url, models: [child, parent({ wait: false })] })
    await hub.engine.signal(call)
    const refused = await hub.engine.signal({ ...call, to: 'model:parent/q' })
    expect(refused).toMatchObject({ outcome: 'failed', reason: 'foreign-subinstance', states: ['idle'] })
    expect(await hub.engine.instance('parent/q')).toMatchObject({ states: ['idle'], children: [] })
    expect((await hub.engine.instance('parent/q'))?.attention).toContain('belongs to model:parent@1.0.0/p')
    await hub.engine.signal({ to: 'model:child/own', type: 'work', args: {}, create: { call: { size: 1 } } })
    expect(await hub.engine.signal({ ...call, to: 'model:parent/r', args: { child: 'own' } })).toMatchObject({
      outcome: 'failed',
      reason: 'foreign-subinstance',
    })
  })

  it('semantics 5.10: are cancelled when their parent ends', async () => {
    const { url } = await databaseForThisTest()
    const hub = await startHub({ url, models: [child, parent({ wait: false })] })
    await hub.engine.signal(call)
    await hub.engine.signal({ to, type: 'end', args: {} })
    await until(async () => (await hub.engine.instance('child/c'))?.done)
    expect((await hub.engine.instance('child/c'))?.states).toEqual(['cancelled'])
  })

  it('hear signals by URL, with the returned signal coming back; one for nobody flags its sender', async () => {
    const { url } = await databaseForThisTest()
    const hub = await startHub({ url, models: [recorder, messenger] })
    await hub.engine.signal({ to: 'model:recorder/a', type: 'note', args: { n: 1 }, create: {} })
    const say = (to: string) =>
      hub.engine.signal({ to: 'model:messenger/m', type: 'say', args: { to, n: 2 }, create: {} })
    await say('a')
    expect((await hub.data('recorder/a'))['seen']).toEqual([1, 2])
    expect(await hub.engine.instance('messenger/m')).toMatchObject({ data: { answers: [2] }, attention: null })
    expect((await say('nobody')).outcome).toBe('fired')
    expect((await hub.engine.instance('messenger/m'))?.attention).toContain('recorder/nobody')
  })

  it('play a thousand families in a handful of transactions', async () => {
    const { url } = await databaseForThisTest()
    const hub = await startHub({ url, models: [child, parent({ wait: true })] })
    const families = Array.from({ length: 1_000 }, (_, index) => index)
    await hub.send(
      ...families.map((n) => ({ ...call, to: `model:parent/p${n}`, id: `s${n}`, args: { child: `c${n}` } })),
    )
    await until(async () => (await hub.database.sql`select from engine_mailbox`).length === 0)
    await hub.send(...families.map((n) => ({ to: `model:child/c${n}`, id: 'f', type: 'finish', args: { made: n } })))
    await until(async () => (await hub.database.sql`select from engine_mailbox`).length === 0)
    const [row] = await hub.database.sql`
      select count(*)::int as count from engine_instance where model = 'parent' and data->'heard'->>0 = 'ready ' || substr(id, 2)`
    expect(row).toEqual({ count: 1_000 })
    const [transactions] = await hub.database.sql`select count(distinct xmin::text)::int as count from engine_history`
    expect(transactions?.['count']).toBeLessThan(12)
  })
})
