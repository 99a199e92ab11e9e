import type { Sql } from 'postgres'
import { CallerError } from '../errors.ts'
import postgres from '../postgres-driver.ts'
import { pause, within } from '../wait.ts'
import { dataDirectoryInUse } from './codes.ts'
import { role } from './probe.ts'

/** Proof that this hub alone uses the cluster; it dies with the process, whatever kills it. */
export interface ClusterHold {
  release(): Promise<void>
}

interface Cluster {
  /** Directory of the server's socket. */
  readonly sockets: string
  /** As the operator knows it. */
  readonly dataDirectory: string
}

/** `pg_advisory_lock` key; the cluster has only one user, so any fixed number does. */
const key = 8480

/** A killed hub's connection is gone within milliseconds; this is how long we believe that it might be. */
const patience = 2000

/**
 * Takes the cluster: a session lock on a connection of its own. Also makes the hub's database if it is not there.
 * `onLost` is called once if that connection breaks later.
 * @throws CallerError `data-directory-in-use`
 */
export async function holdCluster({ sockets, dataDirectory }: Cluster, onLost: () => unknown): Promise<ClusterHold> {
  let state: 'taking' | 'held' | 'over' = 'taking'
  const sql = postgres({
    host: sockets,
    user: role,
    database: 'postgres',
    max: 1,
    connect_timeout: 5,
    max_lifetime: null,
    fetch_types: false,
    onnotice: () => {},
    onclose: () => {
      if (state !== 'held') return
      state = 'over'
      onLost()
    },
  })
  try {
    await within(take(sql, dataDirectory), patience + 10_000, () => inUse(dataDirectory, 'does not answer'))
    state = 'held'
  } catch (error) {
    await sql.end({ timeout: 1 })
    throw error
  }
  return {
    async release() {
      state = 'over'
      await sql.end({ timeout: 1 })
    },
  }
}

async function take(sql: Sql, dataDirectory: string): Promise<void> {
  for (let tries = patience / 50; ; tries--) {
    const [row] = await sql<{ taken: boolean }[]>`select pg_try_advisory_lock(${key}) as taken`
    if (row?.taken) break
    if (tries <= 0) throw inUse(dataDirectory, `is held by ${await holder(sql)}`)
    await pause(50)
  }
  const found = await sql`select 1 from pg_database where datname = ${role}`
  if (found.length === 0) await sql`create database ${sql(role)}`
}

async function holder(sql: Sql): Promise<string> {
  const rows = await sql<{ since: Date }[]>`
    select backend_start as since from pg_stat_activity
    where pid = (select pid from pg_locks where locktype = 'advisory' and granted and objid = ${key} limit 1)`
  return rows[0] ? `a hub that started at ${rows[0].since.toISOString()}` : 'another hub'
}

function inUse(dataDirectory: string, why: string): CallerError {
  return new CallerError(dataDirectoryInUse, `The PostgreSQL of ${dataDirectory} ${why}.`)
}
