import type { Database } from '../../platform/database.ts'
import type { Task } from '../index.ts'

/** Tables of the family's tasks: what happened, to be counted. */
export async function createFamilyTables({ sql }: Database): Promise<void> {
  await sql`create table booking (kid text primary key, key text not null)`
  await sql`create table called (key text not null, attempt bigint generated always as identity)`
}

/** Each booking fails when it is made twice; each call is noted, and every other one fails the first time. */
export function familyTasks(database: Database): Readonly<Record<string, Task>> {
  return {
    book: {
      kind: 'transactional',
      async run({ sql }, calls) {
        const rows = JSON.stringify(calls.map(({ id, key }) => ({ kid: id, key })))
        await sql`
          insert into booking select kid, key from json_to_recordset(${rows}::text::json) as r(kid text, key text)`
        return calls.map(() => ({ done: {} }))
      },
    },
    call: {
      kind: 'external',
      async run({ key, id }) {
        const before = await database.sql`select from called where key = ${key}`
        await database.sql`insert into called (key) values (${key})`
        if (before.length === 0 && id.endsWith('b')) throw new RangeError('nobody answers')
        return {}
      },
    },
  }
}
