import { chmod, mkdtemp, readdir, rm, stat, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { silentLog } from '../../hub/src/platform/log.ts'
import { EmbeddedPostgres, type EmbeddedPostgresOptions } from '../../hub/src/platform/postgres/embedded-postgres.ts'
import { isServer, readPostmaster } from '../../hub/src/platform/postgres/probe.ts'
import { prepareDatabase } from '../../hub/src/platform/walls/prepare-database.ts'
import { testSealingKey } from './sealing.ts'

const prefix = 'sutler-test-'
/** A file system in memory, and what must be free there for the databases of a run, bytes. */
const memory = { directory: '/dev/shm', atLeast: 4 * 2 ** 30 }

declare module 'vitest' {
  interface ProvidedContext {
    /** URL of the migrated template database of this run's cluster. */
    templateDatabaseUrl: string
  }
}

/** One PostgreSQL for the whole run, without fsync; its database, migrated once, is the template of every test's own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await sweep()
  const directory = await mkdtemp(join(await place(), `${prefix}${process.pid}-`))
  // Else PostgreSQL's user could not come here, and its files would go to /var/lib.
  await chmod(directory, 0o755)
  let server: EmbeddedPostgres | undefined
  const stop = async (): Promise<void> => {
    await server?.stop()
    await rm(directory, { recursive: true, force: true })
  }
  try {
    server = await EmbeddedPostgres.start(optionsFor(directory))
    await prepareDatabase(server.url, testSealingKey, 30_000)
    project.provide('templateDatabaseUrl', server.url)
    return stop
  } catch (error) {
    await stop()
    throw error
  }
}

function optionsFor(dataDirectory: string): EmbeddedPostgresOptions {
  return {
    dataDirectory,
    log: silentLog,
    clock: systemClock,
    startDeadline: 60_000,
    stopDeadline: 10_000,
    settings: {
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      autovacuum: 'off',
      max_connections: '300',
      // Nobody follows it, and nothing is restored from it.
      wal_level: 'minimal',
      max_wal_senders: '0',
      min_wal_size: '32MB',
      max_wal_size: '256MB',
    },
  }
}

/** Where the cluster's files are: a thousand are made and removed with every database. */
async function place(): Promise<string> {
  const { bavail, bsize } = await statfs(memory.directory).catch(() => ({ bavail: 0, bsize: 0 }))
  return bavail * bsize >= memory.atLeast ? memory.directory : tmpdir()
}

async function sweep(): Promise<void> {
  for (const at of new Set([tmpdir(), await place()])) await sweepAt(at)
}

/** Ends the clusters of runs that were killed before they could: the directory's name has the pid of its run. */
async function sweepAt(at: string): Promise<void> {
  for (const name of await readdir(at)) {
    const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length).split('-')[0]) : 0
    const directory = join(at, name)
    if (pid === 0 || alive(pid) || (await stat(directory)).uid !== process.getuid?.()) continue
    const cluster = join(directory, 'postgres', 'cluster')
    const running = await readPostmaster(cluster)
    if (running && (await isServer(running.pid, cluster))) process.kill(running.pid, 'SIGQUIT')
    if (running?.sockets) await rm(running.sockets, { recursive: true, force: true })
    await rm(directory, { recursive: true, force: true })
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
