import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '../../../test/support/database.ts'
import { until } from '../../../test/support/until.ts'
import { parseArray } from './array-types.ts'
import { openDatabase, type TransactionLimits } from './database.ts'
import { writeLast, type LastWrite } from './last-writes.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase({ connections: 1 })
})
afterAll(() => database.close())

describe('arrays', () => {
  test.each([
    ['text', ['a', 'b "c" \\d', '', 'NULL', '{,}', 'ü\n', null]],
    ['int8', [1, -2, 9007199254740991, null]],
    ['int4', []],
    ['float8', [1.5, -0.25]],
    ['jsonb', [{ a: [1, '"'] }, { b: null }]],
    ['uuid', ['00000000-0000-4000-8000-000000000001']],
  ])('of %s go there and back', async (type, values) => {
    const rows = await database.sql.unsafe(
      `select $1::${type}[] as there, array(select unnest($1::${type}[])) as back`,
      [values as never],
    )
    expect(rows[0]).toEqual({ there: values, back: values })
  })

  test('of times, truth values and bytes are named with sql.array', async () => {
    const time = new Date('2026-01-02T03:04:05.678Z')
    const bytes = Buffer.from([0, 255, 34, 92])
    const { sql } = database
    expect(
      await sql`select ${sql.array([time])} as times, ${sql.array([true, false])} as truths, ${sql.array([bytes], 17)} as bytes`,
    ).toEqual([{ times: [time], truths: [true, false], bytes: [bytes] }])
  })

  test('work in tagged statements, by any() and unnest(), nested too', async () => {
    const ids = ['a', 'b']
    expect(
      await database.sql`select count(*) as n from unnest(${ids}::text[], ${[1, 2]}::int[]) as u(id, n) where id = any(${['b', 'c']})`,
    ).toEqual([{ n: 1 }])
    expect(parseArray('{{1,2},{3,NULL}}', Number)).toEqual([
      [1, 2],
      [3, null],
    ])
    expect(parseArray('[0:1]={1,2}', Number)).toEqual([1, 2])
  })
})

describe('a transaction', () => {
  test('that fails leaves nothing and rings nothing', async () => {
    let rung = false
    await database.owner.sql`create table attempt (n int)`
    await database.owner.sql`grant all on attempt to public`
    const work = database.transaction(async (tx) => {
      await tx.sql`insert into attempt values (1)`
      tx.afterCommit(() => (rung = true))
      throw new RangeError('no')
    })
    await expect(work).rejects.toThrow(RangeError)
    expect([rung, await database.sql`select 1 from attempt`]).toEqual([false, []])
  })

  test('rings after its commit', async () => {
    const order: string[] = []
    await database.transaction(async (tx) => {
      tx.afterCommit(() => order.push('rung'))
      await tx.sql`select 1`
      order.push('worked')
    })
    expect(order).toEqual(['worked', 'rung'])
  })

  /** Two, each of which changes one row and then the other's, at the same time. @returns how often they began, and rang */
  const crossing = async (limits: TransactionLimits): Promise<{ ended: unknown[]; begun: number; rung: number }> => {
    const several = openDatabase(database.url, { connections: 2, statementTimeout: 20_000 })
    await several.sql`create table crossed (row int, changes int)`
    await several.sql`insert into crossed values (1, 0), (2, 0)`
    const both = Promise.withResolvers<void>()
    const counts = { begun: 0, rung: 0 }
    const work = (mine: number, other: number) =>
      several.transaction(async (tx) => {
        tx.afterCommit(() => counts.rung++)
        await tx.sql`update crossed set changes = changes + 1 where row = ${mine}`
        if (++counts.begun === 2) both.resolve()
        await both.promise
        await tx.sql`update crossed set changes = changes + 1 where row = ${other}`
      }, limits)
    const settled = await Promise.allSettled([work(1, 2), work(2, 1)])
    const left = await several.sql<{ changes: number }[]>`select changes from crossed`
    await several.sql`drop table crossed`
    await several.close()
    const broken = settled.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []))
    return { ended: broken.length > 0 ? broken : left.map(({ changes }) => changes), ...counts }
  }

  test('that waited in a circle with another is run again, so that both are committed, once', async () => {
    expect(await crossing({})).toEqual({ ended: [2, 2], begun: 3, rung: 2 })
  })

  test('with a state of its own is not run again: its caller hears that others were in the way', async () => {
    const refused = expect.objectContaining({
      code: 'database-overloaded',
      cause: expect.objectContaining({ code: '40P01' }),
    })
    expect(await crossing({ once: true })).toEqual({ ended: [refused], begun: 2, rung: 1 })
  })

  test('writes what is to be last after all else, and once', async () => {
    const written: (readonly number[])[] = []
    const write: LastWrite<number> = async (sql, rows) => {
      written.push(rows)
      await sql`insert into lasting select unnest(${rows as number[]}::int[])`
    }
    await database.owner.sql`create table lasting (n int)`
    await database.owner.sql`grant all on lasting to public`
    await database.transaction(async (tx) => {
      writeLast(tx, write, [1])
      writeLast(tx, write, [2, 3])
      writeLast(tx, write, [])
      expect(await tx.sql`select n from lasting`).toEqual([])
    })
    expect([written, await database.sql`select n from lasting`]).toEqual([[[1, 2, 3]], [{ n: 1 }, { n: 2 }, { n: 3 }]])
  })

  test('is an outside failure when the database is away or goes away', async () => {
    const away = openDatabase('postgres://x@localhost/x?host=/nowhere', { connections: 1, statementTimeout: 1000 })
    await expect(away.transaction((tx) => tx.sql`select 1`)).rejects.toMatchObject({ code: 'database-unavailable' })
    await away.close()
    const going = database.transaction((tx) => tx.sql`select pg_terminate_backend(pg_backend_pid())`)
    await expect(going).rejects.toMatchObject({ code: 'database-unavailable' })
    expect(await until(() => database.sql`select 1 as n`)).toEqual([{ n: 1 }])
  })

  test('whose connection is lost says nothing more to the server, least of all in another’s transaction', async () => {
    const narrow = openDatabase(database.url, { connections: 1, statementTimeout: 5000 })
    await narrow.sql`create table told (who text)`
    let goOn = (): void => {}
    const paused = new Promise<void>((resolve) => (goOn = resolve))
    const lost = narrow.transaction(async (tx) => {
      const [row] = await tx.sql<{ pid: number }[]>`select pg_backend_pid() as pid`
      await database.owner.sql`select pg_terminate_backend(${row!.pid})`
      await paused
      await tx.sql`insert into told values ('the lost one')`
    })
    await expect(lost).rejects.toMatchObject({ code: 'database-unavailable' })
    const other = narrow.transaction(async (tx) => {
      await tx.sql`insert into told values ('the other')`
      goOn()
      await new Promise(setImmediate)
      await tx.sql`insert into told values ('the other')`
      throw new RangeError('undo')
    })
    await expect(other).rejects.toThrow(RangeError)
    expect(await narrow.sql`select who from told`).toEqual([])
    await narrow.close()
  })

  test('and other statements live through connections lost at any moment', async () => {
    const busy = openDatabase(database.url, { connections: 5, statementTimeout: 5000 })
    let lost = 0
    let done = 0
    const worker = async (): Promise<void> => {
      for (let i = 0; i < 12; i++) {
        const work =
          i % 2 === 0
            ? busy.sql`select pg_sleep(0)`
            : busy.transaction(async (tx) => {
                await tx.sql`select 1`
                await new Promise(setImmediate)
                await tx.sql`select 2`
              })
        // Lost ones are expected; that each ends, one way or the other, is what counts.
        const [outcome] = await Promise.allSettled([work])
        if (outcome.status === 'fulfilled') done++
        else lost++
      }
    }
    const workers = Promise.all([worker(), worker(), worker(), worker(), worker()])
    const over = new AbortController()
    const killer = (async () => {
      while (!over.signal.aborted) {
        await database.owner.sql`
          select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid() and application_name = 'sutler'`
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
    })()
    await workers
    over.abort()
    await killer
    expect(done + lost).toBe(60)
    expect(await until(() => busy.sql`select 1 as n`)).toEqual([{ n: 1 }])
    await busy.close()
  })
})
