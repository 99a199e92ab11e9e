import { randomBytes } from 'node:crypto'
import { inject, onTestFinished } from 'vitest'
import { connect, openDatabase, type Database } from '../../hub/src/platform/database.ts'
import { loginsOf, urlOf } from '../../hub/src/platform/walls/logins.ts'
import { openDatabases } from '../../hub/src/platform/walls/open-databases.ts'
import { testSealingKey } from './sealing.ts'

/** As a hub's modules see it: with a login to which registration's tables are closed. */
export interface TestDatabase extends Database {
  /** The owner's, for a second hub, or a process of its own, on the same database. */
  readonly url: string
  /** As registration sees it. */
  readonly registration: Database
  /** The owner, who may do everything and sees both schemas. */
  readonly owner: Database
}

export interface TestDatabaseOptions {
  readonly connections?: number
  /** Whose rows are that say nothing of it. Absent, as in earnest: they are refused. */
  readonly tenant?: string
  /** False: requests work with the hub's own logins, to which the rows of all tenants are open. */
  readonly secondWall?: boolean
}

/**
 * A migrated, empty database of the caller's own on the run's cluster. Call it in `beforeAll` (or a test) and close it in
 * `afterAll`: `close` also drops it. Some milliseconds.
 */
export async function testDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const template = inject('templateDatabaseUrl')
  const name = `test_${randomBytes(6).toString('hex')}`
  const url = replaceDatabase(template, name)
  await asOwner(template, `create database ${name} template ${databaseOf(template)} strategy file_copy`)
  if (options.tenant !== undefined)
    await asOwner(template, `alter database ${name} set sutler.tenant = '${options.tenant}'`)
  const { database, registrationDatabase, close: closeOpened } = openAsHub(url, options)
  const owner = openDatabase(url, { connections: 2, statementTimeout: 20_000, schemas: ['public', 'registration'] })
  return {
    url,
    owner,
    registration: registrationDatabase,
    sql: database.sql,
    keyed: database.keyed,
    pages: database.pages,
    ofTenant: (tenant) => database.ofTenant(tenant),
    beforeCommit: (hook) => database.beforeCommit(hook),
    transaction: (work, limits) => database.transaction(work, limits),
    async close() {
      await Promise.all([closeOpened(), owner.close()])
      await asOwner(template, `drop database if exists ${name} with (force)`)
    },
  }
}

/** One more hub's connections to a database. @param url the owner's */
export function openAsHub(url: string, options: TestDatabaseOptions = {}): ReturnType<typeof openDatabases> {
  const urls = Object.fromEntries(
    Object.entries(loginsOf(testSealingKey)).map(([part, login]) => [part, urlOf(url, login)]),
  ) as Parameters<typeof openDatabases>[0]
  const used =
    options.secondWall === false ? { ...urls, tenant: urls.hub, registration_tenant: urls.registration } : urls
  return openDatabases(used, { connections: options.connections ?? 5, statementTimeout: 20_000 })
}

/** For one test of one part, which knows nothing of tenants: all is `main`'s. Dropped when the test ends. */
export async function databaseForThisTest(options: { connections?: number } = {}): Promise<TestDatabase> {
  const database = await testDatabase({ tenant: 'main', ...options })
  onTestFinished(() => database.close())
  return database
}

async function asOwner(template: string, statement: string): Promise<void> {
  const sql = connect(replaceDatabase(template, 'postgres'), { max: 1 })
  try {
    await sql.unsafe(statement)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

function databaseOf(url: string): string {
  return new URL(url).pathname.slice(1)
}

function replaceDatabase(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}
