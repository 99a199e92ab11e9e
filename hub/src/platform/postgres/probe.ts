import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import postgres from '../postgres-driver.ts'
import { within } from '../wait.ts'

/** The role and the database of the hub in its own cluster; only the socket's directory guards them. */
export const role = 'sutler'

/** URL of a database over a unix socket in `sockets`; understood by `openDatabase`. */
export function socketUrl(sockets: string, database = role): string {
  return `postgres://${role}@localhost/${database}?host=${encodeURIComponent(sockets)}`
}

/** What the lock file of a cluster says of the server that (once) ran on it. */
export interface Postmaster {
  readonly pid: number
  readonly sockets: string
}

/** Reads `<cluster>/postmaster.pid`: pid, directory, start time, port, socket directory, … one per line. */
export async function readPostmaster(cluster: string): Promise<Postmaster | null> {
  const lines = await readFile(join(cluster, 'postmaster.pid'), 'utf8').then(
    (text) => text.split('\n'),
    () => [],
  )
  const pid = Number(lines[0])
  return Number.isInteger(pid) && pid > 0 ? { pid, sockets: lines[4]?.trim() ?? '' } : null
}

/** True if process `pid` is a server on `cluster`. A pid alone proves nothing: numbers are used again. */
export async function isServer(pid: number, cluster: string): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  if (process.platform !== 'linux') return true
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  return command.includes(cluster)
}

/** True if a server on `cluster` answers on the socket in `sockets` within two seconds. */
export async function answers(sockets: string, cluster: string): Promise<boolean> {
  const sql = postgres({
    host: sockets,
    user: role,
    database: 'postgres',
    max: 1,
    connect_timeout: 2,
    fetch_types: false,
    onnotice: () => {},
  })
  try {
    // postgres.js leaves the query pending for ever if the server closes while starting up.
    const rows = await within(
      sql<{ directory: string }[]>`select current_setting('data_directory') as directory`,
      2000,
      () => new Error('no answer'),
    )
    return rows[0]?.directory === cluster
  } catch {
    // Not there, starting up or shutting down: the caller looks again until its own deadline.
    return false
  } finally {
    await sql.end({ timeout: 1 })
  }
}
