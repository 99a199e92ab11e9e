import type { Model } from '@sutler/engine'
import { describe, expect, it } from 'vitest'
import { startHub, type TestHub } from '../../hub/src/engine/test/hub.ts'
import { recorder, sleeper, worker } from '../../hub/src/engine/test/models.ts'
import { databaseForThisTest } from '../support/database.ts'
import { manualClock, type ManualClock } from '../support/manual-clock.ts'
import { until } from '../support/until.ts'

const begin = Date.UTC(2026, 0, 1)
const minute = 60_000
const years = 10 * 365 * 86_400_000

/** Two hubs on one database and one clock. */
async function twoHubs(models: readonly Model[], tasks: Parameters<typeof startHub>[0]['tasks'] = {}) {
  const { url } = await databaseForThisTest()
  const clock = manualClock(begin)
  const one = await startHub({ url, models, tasks, clock })
  const two = await startHub({ url, tasks, clock })
  return { clock, one, two }
}

/** In so many milliseconds by the clock that is now, whatever it will be set to. */
async function sleepFor(hub: TestHub, clock: ManualClock, id: string, name: string, delay: number): Promise<void> {
  const until = new Date(clock.now() + delay).toISOString()
  await hub.engine.signal({ to: `model:sleeper/${id}`, type: 'lie', args: { name, until }, create: {} })
}

const woken = async (hub: TestHub, id: string) => (await hub.data(`sleeper/${id}`))['woken'] as string[]

/** Lets hubs do what is due now: they have looked when a signal that is sent now has been taken, whose queue is behind it. */
async function settle(hub: TestHub, clock: ManualClock): Promise<void> {
  clock.advance(1_000)
  await hub.send({ to: 'model:recorder/a', id: `n${clock.monotonic()}`, type: 'note', args: { n: 1 }, create: {} })
  await until(async () => {
    clock.advance(100)
    return (await hub.database.sql`select from engine_mailbox`).length === 0
  })
}

/** How early delayed signals came by the clock as it then was, and how often each, by what history says. */
async function early(hub: TestHub): Promise<{ early: number; twice: number }> {
  const [row] = await hub.database.sql<{ early: number; twice: number }[]>`
    with woken as (select instance, signal_id, at from engine_history where type = 'wake'),
      due as (
        select h.instance, e->>'id' as id, (e->>'due')::bigint as due
        from engine_history h, json_array_elements(h.body->'effects') e where e->>'due' is not null)
    select count(*) filter (where w.at < d.due)::int as early, (count(*) - count(distinct (w.instance, w.signal_id)))::int as twice
    from woken w join due d on d.instance = w.instance and d.id = w.signal_id`
  return row!
}

describe('a wall clock that is set', () => {
  it('ten years on: what is due by then comes, once, and nothing else', async () => {
    const { clock, one, two } = await twoHubs([sleeper, recorder])
    await sleepFor(one, clock, 'a', 'soon', minute)
    await sleepFor(two, clock, 'b', 'far', years + 60 * minute)
    clock.setWall(begin + years)
    await until(async () => {
      clock.advance(100)
      return (await woken(one, 'a')).length === 1
    })
    await settle(two, clock)
    expect(await woken(one, 'b')).toEqual([])
    await sleepFor(two, clock, 'a', 'next', minute)
    await settle(one, clock)
    expect(await woken(one, 'a')).toEqual(['soon'])
    clock.advance(minute)
    await until(async () => (await woken(one, 'a')).length === 2)
    clock.advance(60 * minute)
    await until(async () => (await woken(one, 'b')).length === 1)
    expect(await early(one)).toEqual({ early: 0, twice: 0 })
  })

  it('ten years back: nothing comes early, what is set then comes in time, and signals are taken as before', async () => {
    const { clock, one, two } = await twoHubs([sleeper, recorder])
    await sleepFor(one, clock, 'a', 'late', minute)
    clock.setWall(begin - years)
    clock.advance(2 * minute)
    await settle(two, clock)
    expect(await woken(one, 'a')).toEqual([])
    await sleepFor(one, clock, 'a', 'new', minute)
    clock.advance(minute)
    await until(async () => (await woken(two, 'a')).length === 1)
    expect(await woken(one, 'a')).toEqual(['new'])
    clock.setWall(begin)
    await settle(one, clock)
    expect(await woken(one, 'a')).toEqual(['new'])
    clock.advance(minute)
    await until(async () => (await woken(two, 'a')).length === 2)
    expect(await woken(one, 'a')).toEqual(['new', 'late'])
    expect(await early(one)).toEqual({ early: 0, twice: 0 })
  })

  it('back and forth: what has come does not come again', async () => {
    const { clock, one, two } = await twoHubs([sleeper, recorder])
    for (const [n, jump] of [years, -years, 1, -minute, 2 * minute, -years / 2, years].entries()) {
      const hub = n % 2 ? one : two
      await sleepFor(hub, clock, 'a', `t${n}`, minute)
      clock.setWall(clock.now() + jump)
      await settle(hub, clock)
    }
    clock.setWall(begin + 3 * years)
    await until(async () => {
      clock.advance(100)
      return (await woken(one, 'a')).length === 7
    })
    await settle(two, clock)
    expect((await woken(one, 'a')).toSorted()).toEqual(['t0', 't1', 't2', 't3', 't4', 't5', 't6'])
    expect(await early(one)).toEqual({ early: 0, twice: 0 })
  })

  it('back: tasks of a hub that was killed before are taken over all the same', async () => {
    const tasks = { look: { kind: 'external' as const, run: () => Promise.resolve({ result: 'seen' }) } }
    const { clock, one } = await twoHubs([worker({ task: 'look' })], tasks)
    await one.database.transaction(async (tx) => {
      await one.engine.send(tx, [{ to: 'model:worker/w', id: 'b', type: 'begin', args: {}, create: {} }])
      // As a hub left it that was killed when the clock was ten years ahead.
      await tx.sql`
        create function leave() returns trigger language plpgsql as $$ begin
          new.lease := 'gone#1'; new.due := new.due + 315360000000; return new; end $$`
      await tx.sql`create trigger leave before insert on engine_task for each row execute function leave()`
    })
    await until(async () => (await one.database.sql`select from engine_task`).length > 0)
    for (let waited = 0; waited < 10_000; waited += 500) clock.advance(500)
    await until(async () => (await one.engine.instance('worker/w'))?.states[0] === 'finished')
    expect(await one.data('worker/w')).toMatchObject({ result: 'seen' })
  })

  it('back: a task that was to be tried again soon is tried again soon', async () => {
    let tries = 0
    const look = (): Promise<{ result: string }> =>
      ++tries > 1 ? Promise.resolve({ result: 'seen' }) : Promise.reject(new Error('nothing to see'))
    const tasks = { look: { kind: 'external' as const, run: look } }
    const { clock, one } = await twoHubs([worker({ task: 'look', retry: { attempts: 3, first: '1m' } })], tasks)
    await one.engine.signal({ to: 'model:worker/w', type: 'begin', args: {}, create: {} })
    await until(async () => (await one.database.sql`select from engine_task where error is not null`).length > 0)
    clock.setWall(begin - years)
    // A second at a time until it is: were it all at once, the lease of the second try would end while that has just begun.
    await until(() => (tries < 2 ? void clock.advance(1_000) : true), { deadline: 30_000 })
    await until(async () => (await one.engine.instance('worker/w'))?.states[0] === 'finished')
    expect(tries).toBe(2)
  })
})
