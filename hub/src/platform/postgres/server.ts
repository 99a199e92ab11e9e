import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chown, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { CallerError, OutsideError } from '../errors.ts'
import { embeddedPostgresFailed, embeddedPostgresMissing } from './codes.ts'
import type { PostgresHome } from './home.ts'
import { role } from './probe.ts'

/** Settings of a small machine that must not lose an acknowledged row. */
const settings: Readonly<Record<string, string>> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  max_connections: '100',
  shared_buffers: '128MB',
  wal_compression: 'pglz',
  max_wal_size: '512MB',
  checkpoint_timeout: '15min',
  fsync: 'on',
  synchronous_commit: 'on',
  jit: 'off',
  max_parallel_workers_per_gather: '0',
  io_method: 'sync',
  // Errors of statements reach the hub anyway; `log` keeps start, crash and recovery, so the file stays small.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
  log_timezone: 'UTC',
  timezone: 'UTC',
}

/** Makes the cluster unless it is there. Complete under its final name or absent: made beside, synced, renamed. */
export async function initialiseCluster(binaries: string, home: PostgresHome, sync: boolean): Promise<void> {
  if (await isCluster(home.cluster)) return
  const draft = `${home.cluster}.${randomBytes(4).toString('hex')}`
  const args = ['-D', draft, '-U', role, '-A', 'trust', '-E', 'UTF8', '--locale=C', '--locale-provider=builtin']
  const child = launch(
    binaries,
    home,
    'initdb',
    [...args, '--builtin-locale=C.UTF-8', ...(sync ? [] : ['--no-sync'])],
    'ignore',
  )
  const output: string[] = []
  child.stdout?.setEncoding('utf8').on('data', (text: string) => output.push(text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => output.push(text))
  try {
    const status = await exitOf(child)
    if (status !== 0) {
      throw new OutsideError(embeddedPostgresFailed, `initdb in ${home.directory}: ${lastLines(output.join(''))}`)
    }
    await rename(draft, home.cluster)
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    // Another hub was faster; the lock will tell whose it is.
    if (!(await isCluster(home.cluster))) throw error
  }
}

/** A server that was started, and whether it has ended since or could not be run at all. */
export interface LaunchedServer {
  readonly process: ChildProcess
  exited: boolean
  error: Error | undefined
}

/** Starts the server detached: it outlives a hub that is killed, so that the next one finds everything in place. */
export async function launchServer(
  binaries: string,
  home: PostgresHome,
  overrides: Readonly<Record<string, string>>,
): Promise<LaunchedServer> {
  const all = { ...settings, unix_socket_directories: home.sockets, ...overrides }
  const args = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const log = await open(home.log, 'w', 0o600)
  try {
    if (home.user) await chown(home.log, home.user.uid, home.user.gid)
    return watched(launch(binaries, home, 'postgres', ['-D', home.cluster, ...args], log.fd))
  } finally {
    await log.close()
  }
}

/** At once: a server that ends while anything is waited for here would end unnoticed. */
function watched(process: ChildProcess): LaunchedServer {
  const launched: LaunchedServer = { process, exited: false, error: undefined }
  process.once('exit', () => (launched.exited = true))
  process.once('error', (error) => (launched.error = error))
  return launched
}

/** The last lines of the server's log, for errors. */
export async function serverLog(home: PostgresHome): Promise<string> {
  return lastLines(await readFile(home.log, 'utf8').catch(() => ''))
}

function launch(
  binaries: string,
  home: PostgresHome,
  program: string,
  args: string[],
  output: number | 'ignore',
): ChildProcess {
  const child = spawn(join(binaries, 'bin', program), args, {
    cwd: home.directory,
    detached: true,
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    stdio: output === 'ignore' ? ['ignore', 'pipe', 'pipe'] : ['ignore', output, output],
    ...(home.user && { uid: home.user.uid, gid: home.user.gid }),
  })
  return child
}

/** @throws CallerError when the program cannot be run at all: binaries for another libc, for example */
function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(cannotRun(error)))
    child.once('close', resolve)
  })
}

export function cannotRun(error: Error): CallerError {
  return new CallerError(embeddedPostgresMissing, `The packaged PostgreSQL does not run here: ${error.message}`, {
    cause: error,
  })
}

function isCluster(directory: string): Promise<boolean> {
  return stat(join(directory, 'PG_VERSION')).then(
    () => true,
    () => false,
  )
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-8).join('\n') || 'it said nothing'
}
