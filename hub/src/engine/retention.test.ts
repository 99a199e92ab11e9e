import { describe, expect, it } from 'vitest'
import { databaseForThisTest } from '../../../test/support/database.ts'
import { manualClock } from '../../../test/support/manual-clock.ts'
import { until } from '../../../test/support/until.ts'
import { cancelMigration, insertMigration } from './store/migrations.ts'
import { startHub } from './test/hub.ts'
import { recorder, tally } from './test/models.ts'

const day = 86_400_000
const retention = { instances: 30 * day, history: 90 * day }
const note = (id: string, signal = 'n') => ({
  to: `model:recorder/${id}`,
  id: signal,
  type: 'note',
  args: { n: 1 },
  create: {},
})
const stop = (id: string) => ({ to: `model:recorder/${id}`, id: 's', type: 'stop', args: {} })

describe('retention', () => {
  it('semantics 5.12: removes ended instances with all that is theirs, and only old history of those that run', async () => {
    const { url } = await databaseForThisTest()
    const clock = manualClock()
    const hub = await startHub({ url, models: [recorder], clock, retention })
    const { engine } = hub
    for (const id of ['ended', 'running']) await engine.signal(note(id))
    await engine.signal(stop('ended'))
    clock.setWall(clock.now() + 20 * day)
    await engine.signal({ ...note('later') })
    await engine.signal(stop('later'))
    expect(await engine.sweep()).toEqual({ instances: 0, entries: 0 })
    clock.setWall(clock.now() + 11 * day)
    expect(await engine.sweep()).toEqual({ instances: 1, entries: 2 })
    expect(await engine.instance('recorder/ended')).toBeNull()
    expect(await engine.instance('recorder/later')).toMatchObject({ done: true })
    clock.setWall(clock.now() + 60 * day)
    await engine.signal(note('running', 'new'))
    expect(await engine.sweep()).toEqual({ instances: 1, entries: 3 })
    expect(await hub.history('recorder/running')).toMatchObject([{ signal: 'new', entry: 2 }])
    expect(await engine.signal(note('running', 'new'))).toMatchObject({ duplicate: true })
    expect(await hub.data('recorder/running')).toEqual({ seen: [1, 1] })
  })

  it('semantics 5.12: lets an id be used anew once its instance is gone, also where a hub remembers the old one', async () => {
    const { url } = await databaseForThisTest()
    const clock = manualClock()
    const hub = await startHub({ url, models: [recorder], clock, retention })
    const { create: _, ...again } = note('a', 'other')
    await hub.engine.signal(note('a'))
    await hub.engine.signal(stop('a'))
    clock.setWall(clock.now() + 31 * day)
    await hub.engine.sweep()
    let refused: unknown
    hub.engine.signal(again).catch((error: unknown) => (refused = error))
    await until(() => {
      // The worker finds that its key is of no use any more and looks again in a moment.
      clock.advance(1)
      return refused
    })
    expect(refused).toMatchObject({ code: 'unknown-instance' })
    expect(await hub.engine.signal(note('a'))).not.toHaveProperty('duplicate')
    expect(await hub.data('recorder/a')).toEqual({ seen: [1] })
  })

  it('is kept up by a running hub by itself, and by one of several at a time', async () => {
    const { url } = await databaseForThisTest()
    const clock = manualClock()
    const hub = await startHub({ url, models: [recorder], clock, retention })
    await hub.engine.signal(note('a'))
    await hub.engine.signal(stop('a'))
    clock.setWall(clock.now() + 31 * day)
    await hub.database.transaction(async ({ sql }) => {
      await sql`select pg_advisory_xact_lock(hashtext('engine_retention'))`
      expect(await hub.engine.sweep()).toEqual({ instances: 0, entries: 0 })
    })
    await until(async () => {
      clock.advance(600_000)
      return (await hub.engine.instance('recorder/a')) === null
    })
  })

  it('goes through more than one transaction removes', async () => {
    const { url } = await databaseForThisTest()
    const clock = manualClock()
    const hub = await startHub({ url, models: [recorder], clock, retention })
    await hub.database.sql`
      insert into engine_instance (key, model, id, version, depth, call, states, data, pending, steps, entries, created_at,
        changed_at, ended_at)
      select -n, 'recorder', 'i' || n, '1.0.0', 0, '{}', '["closed"]', '{}', '{}', 1, 2, 0, 0, 0
      from generate_series(1, 6000) n`
    await hub.database.sql`
      insert into engine_history select -n, entry, 0, 'note', 'n' || entry, true, '{}'
      from generate_series(1, 6000) n, generate_series(1, 2) entry`
    expect(await hub.engine.sweep()).toEqual({ instances: 6_000, entries: 12_000 })
  })

  it('forgets migrations with their refusals, after their end only', async () => {
    const { url } = await databaseForThisTest()
    const clock = manualClock()
    const { engine, database } = await startHub({ url, clock, retention })
    const about = {
      model: 'recorder',
      from: '1.0.0',
      to: '2.0.0',
      states: {},
      instances: [],
      tenant: 'main',
      reason: 'so',
      by: 'usr-1',
    }
    const counts = { moved: 0, refused: 1, createdAt: new Date(clock.now()), endedAt: null }
    for (const id of ['ended', 'new', 'old']) {
      await insertMigration(database.sql, { id, ...about, state: 'running', ...counts })
      await database.sql`insert into engine_migration_refusal values (${id}, 'a', '[]')`
      if (id !== 'new') await cancelMigration(database.sql, id, clock.now() + (id === 'old' ? -1 : 1))
    }
    clock.setWall(clock.now() + 90 * day)
    await engine.sweep()
    const kept = await database.sql`select id from engine_migration order by id`
    expect(kept.map(({ id }) => id as string)).toEqual(['ended', 'new'])
    expect(await database.sql`select from engine_migration_refusal`).toHaveLength(2)
  })

  it('keeps an instance that never ends from growing: only what is young of its history stays', async () => {
    const { url } = await databaseForThisTest()
    const clock = manualClock()
    const { engine, database } = await startHub({ url, models: [tally], clock, retention })
    const sizes: number[] = []
    for (let week = 0; week < 40; week++) {
      for (let n = 0; n < 5; n++)
        await engine.signal({ to: 'model:tally/forever', type: 'count', args: {}, create: {} })
      clock.setWall(clock.now() + 7 * day)
      await engine.sweep()
      sizes.push((await database.sql`select from engine_history`).length)
    }
    // Thirteen weeks are ninety days and a bit.
    expect(Math.max(...sizes)).toBe(60)
    expect(sizes.slice(-20)).toEqual(Array.from({ length: 20 }, () => 60))
    const [row] = await database.sql`select steps, entries, pending::text as pending from engine_instance`
    expect(row).toEqual({ steps: 200, entries: 200, pending: '{}' })
  })
})
