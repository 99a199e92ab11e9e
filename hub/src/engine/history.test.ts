import { describe, expect, it } from 'vitest'
import { databaseForThisTest } from '../../../test/support/database.ts'
import { manualClock } from '../../../test/support/manual-clock.ts'
import { startHub } from './testing/hub.ts'
import { child, parent, recorder } from './testing/models.ts'

describe('history', () => {
  it('tells each step: who sent what, what fired, the states and data after it, and what it did', async () => {
    const { url } = await databaseForThisTest()
    const clock = manualClock()
    const hub = await startHub({ url, models: [child, parent({ wait: false })], clock })
    await hub.engine.signal({ to: 'model:parent/p', id: 'one', type: 'call', args: { child: 'c' }, create: {} })
    expect(await hub.history('parent/p')).toEqual([
      {
        entry: 1,
        step: 1,
        at: new Date(clock.now()),
        signal: 'one',
        type: 'call',
        from: 'external',
        outcome: 'fired',
        reason: null,
        detail: null,
        fired: ['call'],
        states: ['calling'],
        args: { child: 'c' },
        data: { heard: [], child: 'c' },
        effects: [
          expect.objectContaining({ signal: 'work', to: 'child:kid' }),
          { call: 'model:child@1/c?size=3', as: 'kid', wait: false },
        ],
        done: false,
      },
    ])
    expect(await hub.history('child/c')).toMatchObject([
      { entry: 1, type: 'work', from: 'model:parent@1.0.0/p', fired: ['work'], data: { made: 3 }, effects: null },
    ])
  })

  it('is pruned by age: of ended instances, or of all', async () => {
    const { url } = await databaseForThisTest()
    const clock = manualClock()
    const hub = await startHub({ url, models: [recorder], clock })
    const note = (id: string) => ({ to: `model:recorder/${id}`, id: 'n', type: 'note', args: { n: 1 }, create: {} })
    for (const id of ['ended', 'running']) await hub.engine.signal(note(id))
    await hub.engine.signal({ to: 'model:recorder/ended', id: 's', type: 'stop', args: {} })
    clock.advance(60_000)
    await hub.engine.signal({ ...note('running'), id: 'later' })
    const before = clock.now()
    expect(await hub.engine.prune({ before, limit: 1, running: false })).toBe(1)
    expect(await hub.engine.prune({ before, limit: 100, running: false })).toBe(1)
    expect(await hub.history('recorder/ended')).toEqual([])
    expect(await hub.history('recorder/running')).toHaveLength(2)
    expect(await hub.engine.prune({ before, limit: 100, running: true })).toBe(1)
    expect(await hub.history('recorder/running')).toMatchObject([{ signal: 'later', entry: 2 }])
    expect(await hub.engine.signal({ ...note('running'), id: 'later' })).toMatchObject({ duplicate: true })
    expect(await hub.engine.instance('recorder/ended')).toMatchObject({ done: true })
  })
})
