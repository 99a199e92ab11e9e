import type { Model } from '@sutler/engine'
import { describe, expect, it } from 'vitest'
import { databaseForThisTest } from '../../../test/support/database.ts'
import { until } from '../../../test/support/until.ts'
import type { Task } from './index.ts'
import { startHub, type TestHub } from './test/hub.ts'
import { sleeper, worker } from './test/models.ts'

const operator = { by: 'usr-1', reason: 'the shelf was full' }
const begin = { to: 'model:worker/a', id: 'b', type: 'begin', args: {}, create: {} }

/** A flagged instance: its transactional task threw; it does no longer once `mended` was called. */
async function flagged(): Promise<{ hub: TestHub; mended: () => void }> {
  const { url } = await databaseForThisTest()
  let broken = true
  const book: Task = {
    kind: 'transactional',
    async run(_, calls) {
      if (broken) throw new RangeError('no place')
      return calls.map(() => ({ done: { result: 'booked' } }))
    },
  }
  const hub = await startHub({ url, models: [worker({ task: 'book' })], tasks: { book } })
  expect(await hub.engine.signal(begin)).toMatchObject({ outcome: 'failed', detail: 'no place' })
  return { hub, mended: () => (broken = false) }
}

describe('an instance that needs attention', () => {
  it('semantics 2, errors: takes the signal that failed once more, when that is asked for', async () => {
    const { hub, mended } = await flagged()
    mended()
    await hub.engine.operate('worker/a', { kind: 'retry' }, operator)
    await until(async () => (await hub.engine.instance('worker/a'))?.done)
    expect(await hub.engine.instance('worker/a')).toMatchObject({ attention: null, data: { result: 'booked' } })
    expect((await hub.history('worker/a')).map(({ type, outcome }) => [type, outcome])).toEqual([
      ['begin', 'failed'],
      ['operator.retry', 'operated'],
      ['begin', 'fired'],
      ['finished', 'fired'],
    ])
  })

  it('is flagged again when it fails again', async () => {
    const { hub } = await flagged()
    await hub.engine.operate('worker/a', { kind: 'retry' }, operator)
    await until(async () => (await hub.history('worker/a')).length === 3)
    expect(await hub.engine.instance('worker/a')).toMatchObject({ attention: 'begin failed: task-threw: no place' })
  })

  it('goes on without it when it is skipped, with a record of who and why', async () => {
    const { hub } = await flagged()
    await hub.engine.operate('worker/a', { kind: 'skip' }, operator)
    expect(await hub.engine.instances({ attention: true }, { limit: 1 })).toEqual([])
    expect((await hub.history('worker/a')).at(-1)).toMatchObject({
      type: 'operator.skip',
      outcome: 'operated',
      from: 'usr-1',
      detail: 'the shelf was full',
      args: { attention: 'begin failed: task-threw: no place' },
      states: ['idle'],
      data: null,
    })
    await expect(hub.engine.operate('worker/a', { kind: 'skip' }, operator)).rejects.toMatchObject({
      code: 'nothing-to-retry',
    })
  })

  it('is repaired: states and data as given', async () => {
    const { hub } = await flagged()
    const data = { result: 'by hand', error: '', attempts: 0, before: 1 }
    await hub.engine.operate('worker/a', { kind: 'repair', states: ['working'], data }, operator)
    expect(await hub.engine.instance('worker/a')).toMatchObject({ states: ['working'], data, attention: null })
    expect((await hub.history('worker/a')).at(-1)).toMatchObject({ type: 'operator.repair', states: ['working'], data })
    const finished = { to: 'model:worker/a', type: 'finished', args: { result: 'ok' } }
    expect(await hub.engine.signal(finished)).toMatchObject({ outcome: 'fired', states: ['finished'] })
  })

  it('stays as it is when it cannot be repaired so, and does not exist when it does not', async () => {
    const { hub } = await flagged()
    for (const states of [['nowhere'], ['finished'], []]) {
      const repairing = hub.engine.operate('worker/a', { kind: 'repair', states }, operator)
      await expect(repairing).rejects.toMatchObject({ code: 'cannot-repair' })
    }
    expect(await hub.history('worker/a')).toHaveLength(1)
    await expect(hub.engine.operate('worker/b', { kind: 'skip' }, operator)).rejects.toMatchObject({
      code: 'unknown-instance',
    })
  })

  it('forgets delayed signals whose states a repair leaves', async () => {
    const { url } = await databaseForThisTest()
    const [lie, , wake] = sleeper.transitions
    const until = [{ signal: 'wake', at: 'timestamp(args.until)', args: { name: 'args.name' }, while: ['asleep'] }]
    const model: Model = {
      ...sleeper,
      states: ['asleep', 'dozing', 'up'],
      transitions: [
        { ...lie!, emit: until },
        wake!,
        { name: 'doze', on: 'rise', from: ['asleep'], to: ['dozing'] },
        { name: 'get up', on: 'rise', from: ['dozing'], to: ['up'] },
      ],
    }
    const hub = await startHub({ url, models: [model] })
    const args = { name: 'x', until: '2100-01-01T00:00:00Z' }
    await hub.engine.signal({ to: 'model:sleeper/a', type: 'lie', args, create: {} })
    expect(await hub.database.sql`select from engine_timer`).toHaveLength(1)
    await hub.engine.operate('sleeper/a', { kind: 'repair', states: ['dozing'] }, operator)
    expect(await hub.database.sql`select from engine_timer`).toHaveLength(0)
    expect(await hub.engine.instance('sleeper/a')).toMatchObject({ timers: [] })
  })
})
