import { expect, it } from 'vitest'
import { databaseForThisTest } from '../../../test/support/database.ts'
import { horizon } from './horizon.ts'
import { continueTransactionIds } from './transaction-ids.ts'

it('rows that come from a server with higher transaction ids stay before those that are added', async () => {
  const { owner, sql } = await databaseForThisTest()
  await owner.sql`
    insert into platform_event (xact, type, subject, data) values ('90000000000'::xid8, 'from the other server', '', '{}')`
  await continueTransactionIds(owner.sql)
  await sql`insert into platform_event (type, subject, data) values ('from here', '', '{}')`
  const before = await horizon(sql)
  const rows = await sql`select type from platform_event where xact < ${before}::xid8 order by xact, id`
  expect(rows.map(({ type }) => type as string)).toEqual(['from the other server', 'from here'])
  const shift = async () => (await sql`select platform_xact_shift() as shift`)[0]
  const raised = await shift()
  // A hub that starts again changes nothing.
  await continueTransactionIds(owner.sql)
  expect(await shift()).toEqual(raised)
})
