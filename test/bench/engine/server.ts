import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../../../hub/src/platform/clock.ts'
import { openDatabase, type Database } from '../../../hub/src/platform/database.ts'
import { silentLog } from '../../../hub/src/platform/log.ts'
import { migrate } from '../../../hub/src/platform/migrations.ts'
import { EmbeddedPostgres } from '../../../hub/src/platform/postgres/embedded-postgres.ts'
import type { BenchOptions } from '../measure.ts'

/** One PostgreSQL for ours and all peers, exactly as a hub starts it, with a database for each that needs one. */
export interface BenchServer {
  /** Directory of its socket. */
  readonly sockets: string
  readonly database: Database
  /** Of the postmaster. */
  readonly pid: number
  /** URL of the hub's database, or of another one on the same server. */
  url(name?: string): string
  /** A new database; with `migrated`, one with the hub's tables. @returns its URL */
  create(name: string, options?: { readonly migrated: boolean }): Promise<string>
}

/** Starts the server in a directory of its own; it is stopped and the directory removed with the bench's resources. */
export async function openServer(resources: BenchOptions['resources']): Promise<BenchServer> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'sutler-bench-engine-'))
  resources.defer(() => rm(dataDirectory, { recursive: true, force: true }))
  const options = { dataDirectory, log: silentLog, clock: systemClock, startDeadline: 120_000, stopDeadline: 20_000 }
  const server = await EmbeddedPostgres.start(options)
  resources.defer(() => server.stop())
  const database = openDatabase(server.url, { connections: 4, statementTimeout: 300_000 })
  resources.defer(() => database.close())
  await assertDurable(database)
  await migrate(database)
  const url = (name = 'sutler'): string => server.url.replace(/\/[^/?]+\?/, `/${name}?`)
  return {
    sockets: new URL(server.url).searchParams.get('host') ?? '',
    database,
    pid: await postmasterOf(database),
    url,
    async create(name, { migrated } = { migrated: false }) {
      await database.sql.unsafe(`create database ${name}`)
      if (migrated) await migrateAt(url(name))
      return url(name)
    },
  }
}

async function migrateAt(url: string): Promise<void> {
  const database = openDatabase(url, { connections: 1, statementTimeout: 60_000 })
  await migrate(database)
  await database.close()
}

/** Every figure is of commits that survive a power cut. @throws RangeError naming the setting that would lose them */
async function assertDurable({ sql }: Database): Promise<void> {
  for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes']) {
    const [row] = await sql<Record<string, string>[]>`show ${sql(setting)}`
    if (row?.[setting] !== 'on')
      throw new RangeError(`${setting} is ${row?.[setting]}: what this measures is not durable`)
  }
}

async function postmasterOf({ sql }: Database): Promise<number> {
  const [row] = await sql<{ pid: string }[]>`select split_part(pg_read_file('postmaster.pid'), E'\n', 1) as pid`
  return Number(row?.pid)
}
