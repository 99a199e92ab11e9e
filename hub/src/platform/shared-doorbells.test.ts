import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '../../../test/support/database.ts'
import { manualClock } from '../../../test/support/manual-clock.ts'
import { until } from '../../../test/support/until.ts'
import { silentLog } from './log.ts'
import { sharedDoorbells, type SharedDoorbells } from './shared-doorbells.ts'

const clock = manualClock()
let database: TestDatabase
let here: SharedDoorbells
let there: SharedDoorbells

beforeAll(async () => {
  database = await testDatabase()
  const options = { databaseUrl: database.url, clock, log: silentLog }
  here = await sharedDoorbells(options)
  there = await sharedDoorbells(options)
})
afterAll(async () => {
  await here.close()
  await there.close()
  await database.close()
})

test('another hub hears a ring, and many rings as few', async () => {
  let mine = 0
  let theirs = 0
  let others = 0
  await new Promise(setImmediate)
  here.listen('engine', () => mine++)
  there.listen('engine', () => theirs++)
  there.listen('webhooks', () => others++)
  for (let i = 0; i < 1000; i++) here.ring('engine')
  await until(() => mine > 0)
  expect(clock.waiting).toBe(1)
  clock.advance(20)
  await until(() => theirs > 0)
  expect([mine, theirs, others]).toEqual([1, 1, 0])
})

test('a hub that lost its connection rings every bell once it is back', async () => {
  let rung = 0
  there.listen('outputs', () => rung++)
  await database.owner.sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'sutler doorbells' and datname = current_database() and pid <> pg_backend_pid()`
  await until(() => rung > 0)
  here.ring('outputs')
  await until(async () => {
    clock.advance(20)
    here.ring('outputs')
    return rung > 1
  })
  expect(rung).toBeGreaterThan(1)
})
