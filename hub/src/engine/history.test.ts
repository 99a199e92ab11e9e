import { describe, expect, it } from 'vitest'
import { databaseForThisTest } from '../../../test/support/database.ts'
import { manualClock } from '../../../test/support/manual-clock.ts'
import { systemClock } from '../platform/clock.ts'
import { startHub } from './test/hub.ts'
import { child, parent, recorder } from './test/models.ts'

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

  it('tells the time that the step’s expressions saw as now', async () => {
    const { url } = await databaseForThisTest()
    const [note, stop] = recorder.transitions
    const model = { ...recorder, transitions: [{ ...note!, set: { seen: '[string(now)]' } }, stop!] }
    // Never the same time twice.
    let reads = 0
    const clock = { ...systemClock, now: () => Date.UTC(2026, 0, 1) + reads++ }
    const hub = await startHub({ url, models: [model], clock })
    await hub.engine.signal({ to: 'model:recorder/a', type: 'note', args: { n: 1 }, create: {} })
    const [entry] = await hub.history('recorder/a')
    const [seen] = entry!.data!['seen'] as string[]
    expect(new Date(seen!)).toEqual(entry!.at)
  })
})
