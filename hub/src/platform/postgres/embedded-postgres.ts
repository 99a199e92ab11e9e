import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '../clock.ts'
import { InvariantError, OutsideError } from '../errors.ts'
import type { Log } from '../log.ts'
import { pause, within } from '../wait.ts'
import { postgresBinaries } from './binaries.ts'
import { embeddedPostgresFailed } from './codes.ts'
import { preparePostgresHome, type PostgresHome } from './home.ts'
import { holdCluster, type ClusterHold } from './hold.ts'
import { answers, isServer, readPostmaster, socketUrl } from './probe.ts'
import { cannotRun, initialiseCluster, launchServer, serverLog, type LaunchedServer } from './server.ts'

export interface EmbeddedPostgresOptions {
  /** The hub's data directory; the server's files are in `postgres/` below it. */
  readonly dataDirectory: string
  readonly log: Log
  readonly clock: Clock
  /** How long a start may take, recovery after a crash included, milliseconds. */
  readonly startDeadline: number
  /** How long a clean stop may take before the server is stopped hard, milliseconds. */
  readonly stopDeadline: number
  /** Server settings that differ, for tests: `fsync: 'off'`. */
  readonly settings?: Readonly<Record<string, string>>
}

/**
 * A real PostgreSQL of the hub's own: started, or found running (left by a hub that was killed) and taken over; started
 * again if it dies. Unix socket only. One hub at a time: the others get `data-directory-in-use`.
 */
export class EmbeddedPostgres {
  /** For `openDatabase`. */
  readonly url: string
  readonly #options: EmbeddedPostgresOptions
  readonly #home: PostgresHome
  readonly #binaries: string
  readonly #stopping = new AbortController()
  #hold: ClusterHold | undefined
  #revival: Promise<void> | undefined

  private constructor(options: EmbeddedPostgresOptions, home: PostgresHome, binaries: string, sockets: string) {
    this.#options = options
    this.#home = home
    this.#binaries = binaries
    this.url = socketUrl(sockets)
  }

  /**
   * @throws CallerError `embedded-postgres-missing`, `data-directory-in-use`, `data-directory-unusable`
   * @throws OutsideError `embedded-postgres-failed` with the last lines of the server's log
   */
  static async start(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
    const home = await preparePostgresHome(options.dataDirectory, options.log)
    const binaries = await postgresBinaries(home.directory, home.user)
    await initialiseCluster(binaries, home, options.settings?.['fsync'] !== 'off')
    const sockets = await ensureRunning(options, home, binaries)
    const server = new EmbeddedPostgres(options, home, binaries, sockets)
    const { dataDirectory } = options
    server.#hold = await holdCluster({ sockets, dataDirectory }, () => server.#lost())
    options.log.info({ directory: home.directory, user: home.user?.name, sockets }, 'embedded PostgreSQL is up')
    return server
  }

  /** Stops the server: fast (running statements are cancelled, everything is written), hard after the deadline. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#revival
    await this.#hold?.release()
    const running = await readPostmaster(this.#home.cluster)
    if (!running || !(await isServer(running.pid, this.#home.cluster))) return
    for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
      process.kill(running.pid, signal)
      if (await this.#gone(running.pid)) break
      this.#options.log.warn({ pid: running.pid, signal }, 'PostgreSQL did not stop in time')
    }
    await rm(this.#home.sockets, { recursive: true, force: true })
  }

  async #gone(pid: number): Promise<boolean> {
    const deadline = this.#options.clock.monotonic() + this.#options.stopDeadline
    while (await isServer(pid, this.#home.cluster)) {
      if (this.#options.clock.monotonic() > deadline) return false
      await pause(20)
    }
    return true
  }

  /** Called when the connection that holds the cluster broke: the server died or was restarted by somebody. */
  #lost(): void {
    this.#revival = this.#revive(this.#stopping.signal)
  }

  async #revive(stopping: AbortSignal): Promise<void> {
    const { log, dataDirectory } = this.#options
    while (!stopping.aborted) {
      try {
        log.warn({ directory: this.#home.directory }, 'lost the embedded PostgreSQL: starting it again')
        const sockets = await ensureRunning(this.#options, this.#home, this.#binaries, stopping)
        if (socketUrl(sockets) !== this.url) throw new InvariantError(`PostgreSQL moved to ${sockets}`)
        this.#hold = await holdCluster({ sockets, dataDirectory }, () => this.#lost())
        log.info({}, 'the embedded PostgreSQL is back')
        return
      } catch (error) {
        if (stopping.aborted) return
        log.error({ err: error }, 'the embedded PostgreSQL cannot be started')
        await pause(1000)
      }
    }
  }
}

/**
 * Waits for the server on `home`, starting it where none runs. Returns the directory of its socket.
 * @param stopping ends the wait, and the server if it was started here
 */
async function ensureRunning(
  options: EmbeddedPostgresOptions,
  home: PostgresHome,
  binaries: string,
  stopping?: AbortSignal,
): Promise<string> {
  const deadline = options.clock.monotonic() + options.startDeadline
  let child: LaunchedServer | undefined
  for (let attempts = 0; ;) {
    if (stopping?.aborted) {
      await endStarted(child, options.stopDeadline)
      stopping.throwIfAborted()
    }
    const running = await readPostmaster(home.cluster)
    const sockets = running?.sockets || home.sockets
    if (running && (await answers(sockets, home.cluster))) {
      child?.process.unref()
      return sockets
    }
    if (child?.error) throw cannotRun(child.error)
    const alive = running !== null && (await isServer(running.pid, home.cluster))
    if (!alive && (child === undefined || child.exited)) {
      // A second try covers two hubs that start at once; more would only hide why it fails.
      if (++attempts > 2) await failed(home, 'it ended at once')
      await removeLeftovers(home)
      child = await launchServer(binaries, home, options.settings ?? {})
    }
    if (options.clock.monotonic() > deadline) {
      child?.process.kill('SIGQUIT')
      await failed(home, `it was not ready after ${options.startDeadline / 1000} s`)
    }
    await pause(25)
  }
}

/** Ends a server that is not up yet, in which state it is safe to. */
async function endStarted(child: LaunchedServer | undefined, deadline: number): Promise<void> {
  if (child === undefined || child.exited) return
  const exit = once(child.process, 'exit')
  child.process.kill('SIGQUIT')
  await within(exit, deadline, () => new InvariantError(`PostgreSQL ${child.process.pid} goes on after SIGQUIT`))
}

/** Lock files of a server that is gone: one whose pid now belongs to another process would keep ours from starting. */
async function removeLeftovers(home: PostgresHome): Promise<void> {
  for (const path of [
    join(home.cluster, 'postmaster.pid'),
    join(home.sockets, '.s.PGSQL.5432.lock'),
    join(home.sockets, '.s.PGSQL.5432'),
  ]) {
    await rm(path, { force: true })
  }
}

async function failed(home: PostgresHome, why: string): Promise<never> {
  throw new OutsideError(
    embeddedPostgresFailed,
    `${home.cluster}: ${why}. Its log (${home.log}) ends:\n${await serverLog(home)}`,
  )
}
