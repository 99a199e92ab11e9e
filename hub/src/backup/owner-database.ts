import { join } from 'node:path'
import type { Config } from '../config.ts'
import type { Clock } from '../platform/clock.ts'
import { connect, type Sql } from '../platform/database.ts'
import { CallerError } from '../platform/errors.ts'
import type { Log } from '../platform/log.ts'
import { EmbeddedPostgres } from '../platform/postgres/embedded-postgres.ts'
import { answers, readPostmaster, socketUrl } from '../platform/postgres/probe.ts'
import { realpath, stat } from 'node:fs/promises'
import { nothingToBackUp } from './codes.ts'

export interface OwnerWorld {
  readonly config: Config
  readonly clock: Clock
  readonly log: Log
}

/** A statement that takes longer has hung, milliseconds: copying one table may take long. */
const longestStatement = 6 * 3_600_000

/**
 * Runs `work` with the database of the hub with these settings, as its owner, whether the hub runs or not: an embedded server that
 * runs is asked beside the hub, one that does not is started for the time.
 * @throws CallerError `nothing-to-back-up`
 */
export async function withHubsDatabase<T>(world: OwnerWorld, work: (url: string) => Promise<T>): Promise<T> {
  const { databaseUrl, dataDirectory } = world.config
  if (databaseUrl !== null) return work(databaseUrl)
  // No such directory: then there is no database in it either, which is what is said.
  const directory = await realpath(join(dataDirectory, 'postgres')).catch(() => null)
  if (directory === null || !(await isThere(join(directory, 'cluster'))))
    throw new CallerError(nothingToBackUp, `${dataDirectory} holds no database.`)
  const cluster = join(directory, 'cluster')
  const running = await readPostmaster(cluster)
  if (running !== null && running.sockets !== '' && (await answers(running.sockets, cluster)))
    return work(socketUrl(running.sockets))
  return withEmbedded(world, work)
}

/** Starts the embedded server of the data directory, making it where there is none, and stops it afterwards. */
export async function withEmbedded<T>(
  { config, clock, log }: OwnerWorld,
  work: (url: string) => Promise<T>,
): Promise<T> {
  const { dataDirectory, databaseStartDeadline: startDeadline, stopDeadline } = config
  const server = await EmbeddedPostgres.start({ dataDirectory, log, clock, startDeadline, stopDeadline })
  try {
    return await work(server.url)
  } finally {
    await server.stop()
  }
}

/** One connection of the owner's that may be silent in a transaction: while files are copied, say. */
export async function withConnection<T>(url: string, work: (sql: Sql & { begin: Begin }) => Promise<T>): Promise<T> {
  const sql = connect(url, {
    max: 1,
    connection: {
      application_name: 'sutler backup',
      statement_timeout: longestStatement,
      idle_in_transaction_session_timeout: 0,
      search_path: 'public, registration',
    },
  })
  try {
    return await work(sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

type Begin = ReturnType<typeof connect>['begin']

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
