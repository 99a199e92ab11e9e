import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '../../../test/support/database.ts'
import { openDatabase } from './database.ts'
import { migrate } from './migrations.ts'
import { dumpSchema } from './schema.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

async function empty(): Promise<void> {
  await database.owner.sql`drop schema public, registration cascade`
  await database.owner.sql`create schema public`
}

describe('migrations', () => {
  test('that were applied are not applied again', async () => {
    expect(await migrate(database.owner)).toEqual([])
  })

  test('of hubs that start at once are applied once', async () => {
    await empty()
    const hubs = [1, 2, 3].map(() => openDatabase(database.url, { connections: 2, statementTimeout: 20_000 }))
    const applied = await Promise.all(hubs.map((hub) => migrate(hub)))
    expect(applied.map((names) => names.length > 0).filter(Boolean)).toHaveLength(1)
    expect(applied.flat()[0]).toBe('0001_platform_events')
    await Promise.all(hubs.map((hub) => hub.close()))
  })

  test('of a newer hub stop an older one', async () => {
    await database.owner.sql`insert into kysely_migration (name, timestamp) values ('9999_from_the_future', now())`
    await expect(migrate(database.owner)).rejects.toMatchObject({ code: 'database-newer' })
    await database.owner.sql`delete from kysely_migration where name = '9999_from_the_future'`
  })
})

describe('the schema dump', () => {
  test('is the same for the same schema and another for a changed one', async () => {
    const before = await dumpSchema(database.owner.sql)
    await empty()
    await migrate(database.owner)
    expect(await dumpSchema(database.owner.sql)).toBe(before)
    expect(before).toContain('create table platform_event (\n  id bigint not null generated always as identity,')
    expect(before).toContain('constraint platform_idempotency_pkey PRIMARY KEY (principal, key)')
    expect(before).toContain('CREATE INDEX platform_event_position')
    await database.owner.sql`create index platform_event_extra on platform_event (subject)`
    await database.owner.sql`alter table platform_event alter column household set default 'x'`
    const after = await dumpSchema(database.owner.sql)
    expect(after).toContain('platform_event_extra')
    expect(after).toContain("household text default 'x'::text")
  })
})
