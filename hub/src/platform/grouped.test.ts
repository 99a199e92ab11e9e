import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '../../../test/support/database.ts'
import { OutsideError } from './errors.ts'
import { groupedChanges, overloaded, type Asked } from './grouped.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase({ connections: 2 })
})
afterAll(() => database.close())

const limits = { most: 10, waiting: 100 }

test('changes asked for together share a transaction; one that undoes it fails alone, and the others are made', async () => {
  const sizes: number[] = []
  const add = groupedChanges<number, string>(database, limits, async (tx, asked) => {
    sizes.push(asked.length)
    const ids = asked.map(({ request }) => `hh-${request}`)
    await tx.sql`
      insert into entity_household (id, tenant, name, version, time_zone, created_at)
      select id, 'main', id, 1, 'UTC', now() from unnest(${ids}::text[]) as r (id)`
    return ids
  })
  expect(await Promise.all([1, 2, 3].map(add))).toEqual(['hh-1', 'hh-2', 'hh-3'])
  expect(sizes).toEqual([3])
  const settled = await Promise.allSettled([4, 2, 5].map(add))
  expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(settled[1]).toMatchObject({ reason: { code: '23505' } })
  const rows = await database.sql<{ id: string }[]>`select id from entity_household order by id`
  expect(rows.map(({ id }) => id)).toEqual(['hh-1', 'hh-2', 'hh-3', 'hh-4', 'hh-5'])
})

test('after a failure from outside nothing is done again: nobody knows what became of it', async () => {
  let runs = 0
  const fail = groupedChanges<number, number>(database, limits, async (_tx, asked: readonly Asked<number>[]) => {
    runs++
    throw new OutsideError(overloaded, `${asked.length} at once`)
  })
  const settled = await Promise.allSettled([1, 2, 3].map(fail))
  expect(settled.map((each) => each.status === 'rejected' && (each.reason as Error).message)).toEqual([
    '3 at once',
    '3 at once',
    '3 at once',
  ])
  expect(runs).toBe(1)
})
