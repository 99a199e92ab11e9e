import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { check } from './engine/check.ts'
import { run, type Result } from './engine/run.ts'

const tables = ['engine_instance', 'engine_history', 'engine_shared', 'engine_mailbox', 'booking', 'attempt', 'sent']

let database: TestDatabase
let result: Result

beforeAll(async () => {
  database = await testDatabase({ connections: 2, tenant: 'main' })
  result = await run({ database: database.owner, url: database.url, seed: 1, kills: 10, thorough: false })
  for (const table of tables) await database.owner.sql.unsafe(`create table saved_${table} as table ${table}`)
}, 120_000)

afterAll(() => database?.close())

/** What is found after the statement; then all is put back. */
async function findingsAfter(statement: string): Promise<string> {
  const changed = await database.owner.sql.unsafe(statement)
  expect(changed.count).toBeGreaterThan(0)
  const { findings } = await check(database.owner, result.ledger, [])
  for (const table of tables) {
    await database.owner.sql.unsafe(`delete from ${table}`)
    await database.owner.sql.unsafe(`insert into ${table} overriding system value table saved_${table}`)
  }
  return findings.join('\n')
}

const anAccount = `(select key from engine_instance where model = 'account' limit 1)`

describe('what a run is checked for', { timeout: 60_000 }, () => {
  it('is not found in what the engine left', () => {
    expect(result.findings).toEqual([])
  })

  it.each([
    [
      'a lost signal',
      `delete from engine_history where outside and type = 'note' and instance = ${anAccount}`,
      / is lost: /,
    ],
    ['a lost instance', `delete from engine_instance where key = ${anAccount}`, / which is not there/],
    [
      'a signal taken twice',
      `insert into engine_history select instance, entry + 1, at, type, signal_id, false, body from engine_history
        where type = 'note' and instance = ${anAccount} order by entry desc limit 1
        on conflict (instance, entry) do update set signal_id = excluded.signal_id`,
      / was taken twice: /,
    ],
    [
      'an early delayed signal',
      `update engine_history set at = at - 5000 where type in ('wake', 'woken')`,
      / came \d+ ms early/,
    ],
    ['a lost delayed signal', `delete from engine_history where type in ('wake', 'woken')`, / never came/],
    [
      'signals out of order',
      `update engine_history h set entry = -h.entry where outside and instance = ${anAccount}`,
      / came after its /,
    ],
    [
      'a lost update of instance data',
      `update engine_instance set data = jsonb_set(data::jsonb, '{count}', '1000000') where model = 'till'`,
      /its count is 1000000/,
    ],
    [
      'a lost update of model data',
      `update engine_shared set data = '{"total": 1}' where model = 'tally'`,
      /the tallies’ total is 1,/,
    ],
    [
      'an answer that history does not know',
      `update engine_history set body = jsonb_set(body::jsonb, '{args}', '{"count": -1}') where type = 'note' and outside`,
      / was answered .* but history says /,
    ],
    ['a transactional task run twice', `insert into booking table booking limit 1`, / was booked 2 times/],
    ['a transactional task not run', `delete from booking`, /bookings are missing/],
    [
      'an external task without an end',
      `delete from engine_history where type = 'called'`,
      /done was emitted and never taken/,
    ],
    ['a flag', `update engine_instance set attention = 'x' where key = ${anAccount}`, /it is flagged: x/],
    [
      'mail that nobody takes',
      `insert into engine_mailbox (instance, at, item) values (1, 1, '{}')`,
      /1 mail still wait/,
    ],
    [
      'a signal of a transaction that was undone',
      `insert into sent values ('model:account/account0', 'undone:0')`,
      /by a transaction that was undone/,
    ],
    ['a transaction that was committed and lost', `delete from sent`, /the transaction that sent .* is lost/],
    [
      'a payment that nobody got',
      `delete from engine_history where type = 'receive'`,
      /was emitted and never taken[\s\S]*was paid, but/,
    ],
  ])('finds %s', async (_, statement, finding) => {
    expect(await findingsAfter(statement)).toMatch(finding)
  })
})
