import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { Migrator, type Migration } from 'kysely/migration'
import { queries, type Database, type Tx } from './database.ts'
import { CallerError, OutsideError, errorCode } from './errors.ts'

export const databaseNewer = errorCode(
  'database-newer',
  409,
  'The database was made by a newer hub',
  'Run the hub’s version that made it, or a newer one; give an older hub a database of its own.',
)

export const migrationFailed = errorCode(
  'migration-failed',
  503,
  'The database could not be brought up to date',
  'Nothing was changed. Read the cause in the detail; the database’s user must be allowed to create tables.',
)

const directory = new URL('../../migrations/', import.meta.url)
const fileName = /^\d{4}_[a-z0-9_]+\.ts$/

/**
 * Brings the database up to date: every migration not yet applied, in order of number, all in one transaction. Hubs that
 * start at once wait for one another. Returns the names of what was applied.
 * @throws CallerError `database-newer`, OutsideError `migration-failed`
 */
export async function migrate(database: Database): Promise<string[]> {
  const migrations = await loadMigrations()
  return database.transaction(({ sql }) => apply(sql, migrations), { deadline: 3_600_000 })
}

/** Those of `names` that this hub does not have. */
export async function unknownMigrations(names: readonly string[]): Promise<string[]> {
  const known = await loadMigrations()
  return names.filter((name) => known[name] === undefined)
}

/**
 * Brings an empty database to where another one was: exactly these migrations, in the caller's transaction.
 * @throws OutsideError `migration-failed`
 */
export async function migrateThrough(sql: Tx['sql'], names: readonly string[]): Promise<void> {
  const known = await loadMigrations()
  await apply(sql, Object.fromEntries(names.map((name) => [name, known[name]!])))
}

async function apply(sql: Tx['sql'], migrations: Record<string, Migration>): Promise<string[]> {
  // Creating indexes on a full table may take longer than any other statement.
  await sql`set local statement_timeout = 0`
  await sql`set local lock_timeout = '10min'`
  await sql`set local search_path = public, registration`
  await sql`select pg_advisory_xact_lock(8481)`
  const migrator = new Migrator({
    db: queries<never>(sql),
    provider: { getMigrations: async () => migrations },
  })
  const { error, results = [] } = await migrator.migrateToLatest()
  if (error === undefined) return results.map((result) => result.migrationName)
  const detail = error instanceof Error ? error.message : String(error)
  if (/corrupted migrations/.test(detail)) throw new CallerError(databaseNewer, detail, { cause: error })
  const failed = results.find((result) => result.status === 'Error')?.migrationName ?? 'migrations'
  throw new OutsideError(migrationFailed, `${failed}: ${detail}`, { cause: error })
}

async function loadMigrations(): Promise<Record<string, Migration>> {
  const migrations: Record<string, Migration> = {}
  const files = await readdir(fileURLToPath(directory))
  for (const file of files.filter((name) => fileName.test(name)).toSorted()) {
    migrations[file.replace(/\.ts$/, '')] = (await import(new URL(file, directory).href)) as Migration
  }
  return migrations
}
