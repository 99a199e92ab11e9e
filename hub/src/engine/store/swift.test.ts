import { describe, expect, it } from 'vitest'
import { databaseForThisTest, type TestDatabase } from '../../../../test/support/database.ts'
import { startHub } from '../test/hub.ts'
import { recorder } from '../test/models.ts'
import { readUnlocked, writeSwiftly, type SwiftWrites, type UnlockedInstance } from './swift.ts'

const address = { model: 'recorder', id: 'a' }

async function oneInstance(): Promise<{ database: TestDatabase; read: () => Promise<UnlockedInstance> }> {
  const database = await databaseForThisTest({ connections: 6 })
  const hub = await startHub({ url: database.url, models: [recorder] })
  await hub.engine.signal({ to: 'model:recorder/a', id: 'first', type: 'note', args: { n: 0 }, create: {} })
  await hub.engine.stop()
  return { database, read: async () => (await readUnlocked(database.keyed, [address]))[0]! }
}

/** What a step by `row` would write: its next entry, a delayed signal, and a task. */
function stepOn(row: UnlockedInstance): SwiftWrites {
  const { key, states, entries, steps, row_version: read } = row
  const body = { step: steps + 1, from: 'external', outcome: 'fired', states } as const
  const policy = { attempts: 1, first: 1, factor: 1, max: 1, timeout: 1 }
  return {
    created: [],
    changed: [
      {
        key,
        states,
        data: { seen: [0, 1] },
        pending: null,
        steps: steps + 1,
        entries: entries + 1,
        done: false,
        attention: null,
        read,
      },
    ],
    history: [
      { instance: key, entry: entries + 1, at: 1, type: 'note', signal_id: `n${entries}`, outside: true, body },
    ],
    timers: [{ instance: key, due: 9_000_000_000_000 }],
    timerless: [],
    tasks: [
      { instance: key, key: `recorder/a/${steps + 1}/0`, task: 'none', args: {}, policy, due: 9_000_000_000_000 },
    ],
    shared: [],
  }
}

async function expectUntouched({ sql }: TestDatabase, entries: number): Promise<void> {
  expect(await sql`select from engine_history`).toHaveLength(entries)
  expect(await sql`select from engine_timer`).toHaveLength(0)
  expect(await sql`select from engine_task`).toHaveLength(0)
}

describe('what is written by one statement', () => {
  it('stands when nothing has changed: the version of the row is known without another look', async () => {
    const { database, read } = await oneInstance()
    const first = await writeSwiftly(database.keyed, stepOn(await read()), 1)
    expect(first).toEqual({ rowVersion: (await read()).row_version })
    expect((await read()).data).toEqual({ seen: [0, 1] })
  })

  it('is nothing at all when the instance has changed meanwhile, as after a freeze', async () => {
    const { database, read } = await oneInstance()
    const old = await read()
    await database.sql`update engine_instance set attention = 'look' where id = 'a'`
    expect(await writeSwiftly(database.keyed, stepOn(old), 1)).toBe('overtaken')
    await expectUntouched(database, 1)
    expect((await read()).data).toEqual({ seen: [0] })
  })

  it('is nothing at all when the instance has got mail meanwhile, or is gone', async () => {
    const { database, read } = await oneInstance()
    const old = await read()
    await database.sql`insert into engine_mailbox (instance, at, item) values (${old.key}::bigint, 1, '{}')`
    expect(await writeSwiftly(database.keyed, stepOn(old), 1)).toBe('overtaken')
    await database.sql`delete from engine_mailbox`
    await database.sql`delete from engine_instance`
    expect(await writeSwiftly(database.keyed, stepOn(old), 1)).toBe('overtaken')
    await expectUntouched(database, 1)
  })

  it('is nothing at all when a signal was taken before, or model data is not as it was read', async () => {
    const { database, read } = await oneInstance()
    const row = await read()
    const { history, ...others } = stepOn(row)
    const doubled = { ...others, history: history.map((entry) => ({ ...entry, signal_id: 'first' })) }
    expect(await writeSwiftly(database.keyed, doubled, 1)).toBe('overtaken')
    await database.sql`insert into engine_shared (model, data) values ('recorder', '{}') on conflict do nothing`
    const shared = [{ model: 'recorder', data: {}, row_version: '3' }]
    expect(await writeSwiftly(database.keyed, { ...stepOn(row), shared }, 1)).toBe('overtaken')
    await expectUntouched(database, 1)
  })

  it('waits shortly for whoever holds the instance, and stands when that one changed nothing', async () => {
    const { database, read } = await oneInstance()
    const row = await read()
    const free = Promise.withResolvers<void>()
    const held = Promise.withResolvers<void>()
    const holder = database.transaction(async ({ sql }) => {
      await sql`select from engine_instance where id = 'a' for update`
      held.resolve()
      await free.promise
    })
    await held.promise
    expect(await writeSwiftly(database.keyed, stepOn(row), 1)).toBe('locked')
    await expectUntouched(database, 1)
    const waiting = writeSwiftly(database.keyed, stepOn(row), 1)
    free.resolve()
    await holder
    expect(['locked', { rowVersion: (await read()).row_version }]).toContainEqual(await waiting)
    expect(await writeSwiftly(database.keyed, stepOn(await read()), 1)).toEqual({
      rowVersion: (await read()).row_version,
    })
  })

  it('is nothing at all when whoever held the instance has changed it', async () => {
    const { database, read } = await oneInstance()
    const row = await read()
    const held = Promise.withResolvers<void>()
    const free = Promise.withResolvers<void>()
    const holder = database.transaction(async ({ sql }) => {
      await sql`update engine_instance set attention = 'look' where id = 'a'`
      held.resolve()
      await free.promise
    })
    await held.promise
    const late = writeSwiftly(database.keyed, stepOn(row), 1)
    // It waits 50 ms at most, so this may look too late: both answers are right.
    await database.sql`select pg_sleep(0.02)`
    free.resolve()
    await holder
    expect(['overtaken', 'locked']).toContain(await late)
    await expectUntouched(database, 1)
  })

  it('knows the row again after the server has frozen its version', async () => {
    const { database, read } = await oneInstance()
    const row = await read()
    await database.owner.sql`vacuum (freeze) engine_instance`
    expect(await writeSwiftly(database.keyed, stepOn(row), 1)).toHaveProperty('rowVersion')
  })
})
