import { randomBytes } from 'node:crypto'
import { instanceUrl, type JsonObject } from '@sutler/engine'
import type { Clock, Milliseconds } from '../platform/clock.ts'
import type { Database } from '../platform/database.ts'
import type { Doorbells } from '../platform/doorbells.ts'
import type { Log } from '../platform/log.ts'
import type { TaskCall } from './batch/board.ts'
import type { TaskEnd } from './batch/item.ts'
import { backoff } from './batch/policy.ts'
import { assertStorable } from './storable.ts'
import {
  hastenTasks,
  keepFailed,
  leaseTasks,
  postponeTask,
  releaseTasks,
  removeTask,
  renewLeases,
  type Attempt,
} from './store/tasks.ts'
import { insertMail } from './store/writes.ts'

export type ExternalRun = (call: TaskCall, abort: AbortSignal) => Promise<JsonObject>

export interface ExternalOptions {
  readonly database: Database
  readonly clock: Clock
  readonly doorbells: Doorbells
  readonly log: Log
  readonly tasks: () => ReadonlyMap<string, ExternalRun>
}

/** Tasks run at once by one hub. */
const parallel = 64
/** A lease that is not renewed for so long is anybody's: a killed or frozen hub's tasks are taken over then. */
const leaseFor: Milliseconds = 8_000
const renewEvery: Milliseconds = 2_500

/** Runs external tasks after the commit that started them: at least once, with time-out and backoff, their end a row. */
export class ExternalTasks {
  readonly #options: ExternalOptions
  readonly #hub = randomBytes(9).toString('base64url')
  /** Attempts broken off by `stop`. */
  readonly #broken: Attempt[] = []
  readonly #running = new Map<Attempt, { abort: AbortController; ended: Promise<void> }>()
  /** By how much the wall clock was ahead of the other one when both were last looked at. */
  #ahead = Infinity
  #stopping = false
  #leasing: Promise<void> | null = null
  #again = false
  #stopRenewing: () => void = () => {}

  constructor(options: ExternalOptions) {
    this.#options = options
  }

  start(): void {
    this.#renewLater()
  }

  /** Aborts what runs and gives it back: another hub, or this one when it is back, tries it again. */
  async stop(): Promise<void> {
    this.#stopping = true
    this.#stopRenewing()
    await this.#leasing
    for (const { abort } of this.#running.values()) abort.abort(new DOMException('the hub stops', 'AbortError'))
    await Promise.all([...this.#running.values()].map(({ ended }) => ended))
    const { database, clock, log } = this.#options
    await releaseTasks(database.sql, this.#broken, clock.now()).catch((error: unknown) => {
      log.warn({ err: error }, 'tasks that were broken off could not be given back; their leases end by themselves')
    })
  }

  /** Leases and starts what is due, as far as there is room. */
  ring(): void {
    this.#again = true
    if (this.#leasing) return
    this.#leasing = this.#lease().finally(() => (this.#leasing = null))
  }

  async #lease(): Promise<void> {
    const { database, clock, log } = this.#options
    const tasks = this.#options.tasks()
    while (this.#again && !this.#stopping && tasks.size > 0) {
      this.#again = false
      const limit = parallel - this.#running.size
      if (limit <= 0) return
      try {
        const now = clock.now()
        const lease = { hub: this.#hub, tasks: [...tasks.keys()], now, until: now + leaseFor, limit }
        const attempts = await leaseTasks(database.sql, lease)
        for (const attempt of attempts) this.#begin(attempt, tasks.get(attempt.task)!)
        if (attempts.length === limit) this.#again = true
      } catch (error) {
        log.error({ err: error }, 'external tasks could not be leased; the next look tries again')
      }
    }
  }

  #begin(attempt: Attempt, run: ExternalRun): void {
    const abort = new AbortController()
    const ended = this.#run(attempt, run, abort)
      .catch((error: unknown) => {
        this.#options.log.error(
          { err: error, task: attempt.task, key: attempt.key },
          'the end of a task could not be written; it is tried again when its lease ends',
        )
      })
      .finally(() => {
        this.#running.delete(attempt)
        if (this.#running.size === parallel - 1) this.ring()
      })
    this.#running.set(attempt, { abort, ended })
  }

  async #run(attempt: Attempt, run: ExternalRun, abort: AbortController): Promise<void> {
    const end = await this.#try(attempt, run, abort)
    const { database, clock, doorbells } = this.#options
    if (this.#stopping && 'failed' in end) {
      this.#broken.push(attempt)
      return
    }
    const last = attempt.attempt >= attempt.policy.attempts
    if ('failed' in end && !last) {
      const due = clock.now() + backoff(attempt.policy, attempt.attempt)
      await postponeTask(database.sql, attempt, due, end.failed)
      doorbells.ring('engine')
      return
    }
    await database.transaction(async (tx) => {
      // Only the holder of the lease may say how it ended; a slower attempt's word comes too late.
      const kept = 'failed' in end && (await keepFailed(tx.sql, attempt, end.failed))
      if (!kept && !(await removeTask(tx.sql, attempt))) return
      const item = { kind: 'task' as const, key: attempt.key, end, attempts: attempt.attempt }
      await insertMail(tx.sql, [{ instance: attempt.instance, at: clock.now(), item, seq: null }])
      tx.afterCommit(() => doorbells.ring('engine'))
    })
  }

  async #try(attempt: Attempt, run: ExternalRun, abort: AbortController): Promise<TaskEnd> {
    const { model, version, id, key, task, args, policy } = attempt
    const call = { key, instance: instanceUrl({ model, version, id }), model, id, task, args }
    const cancel = this.#options.clock.after(policy.timeout, () => {
      abort.abort(new DOMException(`no result within ${policy.timeout} ms`, 'TimeoutError'))
    })
    const aborted = new Promise<never>((_, reject) => {
      abort.signal.addEventListener('abort', () => reject(abort.signal.reason as DOMException), { once: true })
    })
    try {
      const done = await Promise.race([run(call, abort.signal), aborted])
      assertStorable(done, `the result of task ${task}`)
      return { done }
    } catch (error) {
      return { failed: error instanceof Error ? error.message : String(error) }
    } finally {
      cancel()
    }
  }

  #renewLater(): void {
    this.#stopRenewing = this.#options.clock.after(renewEvery, () => {
      this.#renew()
        .catch((error: unknown) =>
          this.#options.log.warn({ err: error }, 'leases of running tasks could not be renewed'),
        )
        .finally(() => !this.#stopping && this.#renewLater())
    })
  }

  async #renew(): Promise<void> {
    const { database, clock } = this.#options
    const held = [...this.#running.keys()]
    if (held.length > 0) await renewLeases(database.sql, held, clock.now() + leaseFor)
    if (!this.#wentBack()) return
    await hastenTasks(database.sql, clock.now(), leaseFor)
    this.ring()
  }

  /** Whether the wall clock was set back since the last look; the first time it may have been, before this hub was started. */
  #wentBack(): boolean {
    const { clock } = this.#options
    const [now, monotonic] = [clock.now(), clock.monotonic()]
    const back = now - monotonic < this.#ahead - leaseFor
    this.#ahead = now - monotonic
    return back
  }
}
