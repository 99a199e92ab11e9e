import { createSecretKey, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '../../../../test/support/database.ts'
import { testSealingKey } from '../../../../test/support/sealing.ts'
import { connect } from '../database.ts'
import { loginsOf, urlOf } from './logins.ts'
import { marks, missing } from './plan.ts'
import { prepareDatabase } from './prepare-database.ts'
import { readTables } from './tables.ts'

let database: TestDatabase
const logins = loginsOf(testSealingKey)
const names = Object.values(logins).map(({ name }) => name)

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

const tablesOf = async (schema: string) =>
  (await readTables(database.owner.sql, names)).filter((table) => table.schema === schema && table.kind === 'table')

describe('registration’s tables', () => {
  test('are closed to the hub’s login, each of them, for every statement and by every way to another role', async () => {
    const tables = await tablesOf('registration')
    expect(tables.length).toBeGreaterThan(5)
    const { sql } = database
    for (const { name } of tables) {
      const table = sql(`registration.${name}`)
      const statements = [
        sql`select * from ${table}`,
        sql`insert into ${table} default values`,
        sql`delete from ${table}`,
        sql`truncate ${table}`,
        sql`copy ${table} to stdout`,
      ]
      for (const statement of statements) await expect(statement).rejects.toMatchObject({ code: '42501' })
    }
    const owner = new URL(database.url).username
    for (const role of [owner, logins.registration.name, logins.registration_tenant.name]) {
      await expect(sql.unsafe(`set role ${role}`)).rejects.toMatchObject({ code: '42501' })
      await expect(sql`select set_config('role', ${role}, false)`).rejects.toMatchObject({ code: '42501' })
      await expect(sql.unsafe(`set session authorization ${role}`)).rejects.toMatchObject({ code: '42501' })
      await expect(sql.unsafe(`grant ${role} to current_user`)).rejects.toMatchObject({ code: '42501' })
    }
  })

  test('are open to its own login, and so are, in the same transaction, all others', async () => {
    const { sql } = database.registration
    for (const { name } of [...(await tablesOf('registration')), ...(await tablesOf('public'))])
      await expect(sql`select * from ${sql(name)} limit 0`).resolves.toEqual([])
  })
})

test('what is only added to is changed by no login', async () => {
  const tables = (await tablesOf('registration')).filter(({ mark }) => /append-only/.test(mark ?? ''))
  expect(tables.length).toBeGreaterThan(0)
  for (const { sql } of [database, database.registration]) {
    for (const { name } of tables) {
      const table = sql(`registration.${name}`)
      const statements = [
        sql`insert into ${table} default values`,
        sql`delete from ${table}`,
        sql`update ${table} set ${sql(name.endsWith('head') ? 'head' : 'hash')} = null`,
        sql`truncate ${table}`,
      ]
      for (const statement of statements) await expect(statement).rejects.toMatchObject({ code: '42501' })
    }
  }
})

test('every table has a tenant, or says whose its rows are; both logins of its schema have their policy', async () => {
  const tables = [...(await tablesOf('public')), ...(await tablesOf('registration'))]
  const silent = tables.filter(
    ({ tenant, mark }) => !tenant && !Object.values(marks).some((each) => each.test(mark ?? '')),
  )
  expect(silent.map(({ name }) => name)).toEqual([])
  expect(tables.filter(({ rls, policies }) => !rls || policies.length < 2).map(({ name }) => name)).toEqual([])
})

test('every table named for registration is in its schema', async () => {
  expect((await tablesOf('public')).filter(({ name }) => name.startsWith('registration'))).toEqual([])
})

test('no login owns or may make anything in the database', async () => {
  for (const { sql } of [database, database.registration]) {
    await expect(sql`create table public.mine (n int)`).rejects.toMatchObject({ code: '42501' })
    await expect(sql`create schema mine`).rejects.toMatchObject({ code: '42501' })
    await expect(sql`create role mine`).rejects.toMatchObject({ code: '42501' })
    await expect(sql`alter table platform_event disable row level security`).rejects.toMatchObject({ code: '42501' })
    await expect(sql`select * from kysely_migration`).rejects.toMatchObject({ code: '42501' })
  }
})

test('walls that stand are left alone; what is missing or too much is found', async () => {
  expect(missing(await readTables(database.owner.sql, names), logins)).toEqual([])
  const { sql } = database.owner
  await sql.unsafe(`revoke insert on platform_event from ${logins.hub.name}`)
  await sql.unsafe(`grant select on kysely_migration to ${logins.hub.name}`)
  await sql.unsafe(`grant truncate on platform_event to ${logins.hub.name}`)
  await sql`alter table entity_user disable row level security`
  await prepareDatabase(database.url, testSealingKey, 20_000)
  expect(missing(await readTables(sql, names), logins)).toEqual([])
  const [row] = await sql`
    select has_table_privilege(${logins.hub.name}, 'platform_event', 'insert') as inserts,
      has_table_privilege(${logins.hub.name}, 'platform_event', 'truncate') as truncates`
  expect(row).toEqual({ inserts: true, truncates: false })
})

describe('a database whose owner is no superuser', () => {
  test('needs CREATEROLE, and says so; with it everything is as with a superuser', async () => {
    const name = `owner_${randomBytes(4).toString('hex')}`
    const admin = database.owner.sql
    const key = createSecretKey(randomBytes(32))
    await admin.unsafe(`create role ${name} login`)
    await admin.unsafe(`create database ${name} owner ${name}`)
    const url = new URL(urlOf(database.url, { name, password: '' }))
    url.pathname = `/${name}`
    try {
      await expect(prepareDatabase(url.href, key, 20_000)).rejects.toMatchObject({ code: 'database-logins-refused' })
      await admin.unsafe(`alter role ${name} createrole`)
      const prepared = await Promise.all([1, 2, 3].map(() => prepareDatabase(url.href, key, 20_000)))
      const { urls } = prepared[0]!
      const hub = connect(urls.hub, { max: 2 })
      const registration = connect(urls.registration, { max: 1, connection: { search_path: 'registration' } })
      await hub`insert into platform_event (tenant, type, subject, data) values ('main', 'x.y', 'z', '{}')`
      await registration`select * from registration_account`
      // The horizon waits for what another login has not committed.
      const [before] = await hub<{ horizon: string }[]>`select platform_horizon()::text as horizon`
      await registration.begin(async (sql) => {
        const [own] = await sql<{ id: string }[]>`select pg_current_xact_id()::text as id`
        await hub`insert into platform_event (tenant, type, subject, data) values ('main', 'x.y', 'z', '{}')`
        const [now] = await hub<{ horizon: string }[]>`select platform_horizon()::text as horizon`
        expect(now!.horizon).toBe(own!.id)
        expect(Number(now!.horizon)).toBeGreaterThanOrEqual(Number(before!.horizon))
      })
      await hub`select engine_summarise_history()`
      await Promise.all([hub.end(), registration.end()])
    } finally {
      await admin.unsafe(`drop database if exists ${name} with (force)`)
      for (const login of Object.values(loginsOf(key))) await admin.unsafe(`drop role if exists ${login.name}`)
      await admin.unsafe(`drop role ${name}`)
    }
  })
})

test('two installations on one server have other logins, and an installation always the same', () => {
  expect(loginsOf(createSecretKey(randomBytes(32))).hub.name).not.toBe(logins.hub.name)
  expect(loginsOf(testSealingKey)).toEqual(logins)
  expect(new Set(Object.values(logins).map(({ password }) => password)).size).toBe(4)
})
