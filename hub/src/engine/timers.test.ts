import { describe, expect, it } from 'vitest'
import { databaseForThisTest } from '../../../test/support/database.ts'
import { manualClock } from '../../../test/support/manual-clock.ts'
import { until } from '../../../test/support/until.ts'
import { startHub, type TestHub } from './test/hub.ts'
import { sleeper } from './test/models.ts'

const begin = Date.UTC(2026, 0, 1)
const minute = 60_000

function lie(hub: TestHub, id: string, name: string, due: number): Promise<unknown> {
  const until = new Date(due).toISOString()
  return hub.engine.signal({ to: `model:sleeper/${id}`, type: 'lie', args: { name, until }, create: {} })
}

describe('delayed signals', () => {
  it('semantics 3.8: come when they are due, not before, and once', async () => {
    const { url } = await databaseForThisTest()
    const clock = manualClock(begin)
    const hub = await startHub({ url, models: [sleeper], clock })
    await lie(hub, 'a', 'first', begin + minute)
    clock.advance(minute - 1)
    await lie(hub, 'b', 'after', begin + 2 * minute)
    expect((await hub.data('sleeper/a'))['woken']).toEqual([])
    clock.advance(1)
    await until(async () => ((await hub.data('sleeper/a'))['woken'] as string[]).length === 1)
    clock.advance(10_000)
    await lie(hub, 'a', 'more', begin + 3 * minute)
    expect((await hub.data('sleeper/a'))['woken']).toEqual(['first'])
    const [timer] = await hub.database.sql`select count(*)::int as count from engine_timer`
    expect(timer).toEqual({ count: 2 })
  })

  it('semantics 3.8: survive a stop, and come at the next start in order of due time', async () => {
    const { url } = await databaseForThisTest()
    const clock = manualClock(begin)
    const first = await startHub({ url, models: [sleeper], clock })
    await lie(first, 'a', 'a3', begin + 3 * minute)
    await lie(first, 'a', 'a1', begin + minute)
    await lie(first, 'b', 'b2', begin + 2 * minute)
    await lie(first, 'b', 'b9', begin + 90 * minute)
    await first.engine.stop()
    clock.advance(60 * minute)
    const second = await startHub({ url, clock })
    await until(async () => ((await second.data('sleeper/a'))['woken'] as string[]).length === 2)
    expect((await second.data('sleeper/a'))['woken']).toEqual(['a1', 'a3'])
    const steps = await second.database.sql<{ name: string }[]>`
      select body->'args'->>'name' as name from engine_history where type = 'wake' order by ctid`
    expect(steps.map(({ name }) => name)).toEqual(['a1', 'b2', 'a3'])
    expect((await second.data('sleeper/b'))['woken']).toEqual(['b2'])
  })

  it('are not early when the wall clock goes back', async () => {
    const { url } = await databaseForThisTest()
    const clock = manualClock(begin)
    const hub = await startHub({ url, models: [sleeper], clock })
    await lie(hub, 'a', 'late', begin + minute)
    clock.setWall(begin - 60 * minute)
    clock.advance(2 * minute)
    await lie(hub, 'b', 'other', begin + 90 * minute)
    expect((await hub.data('sleeper/a'))['woken']).toEqual([])
    clock.advance(60 * minute)
    await until(async () => ((await hub.data('sleeper/a'))['woken'] as string[]).length === 1)
  })
})
