import type { Milliseconds } from '../platform/clock.ts'
import type { Doorbells } from '../platform/doorbells.ts'
import type { Log } from '../platform/log.ts'
import { addressKey } from './address.ts'
import { Awaited } from './batch/awaited.ts'
import { runBatch, runOne } from './batch/batch.ts'
import { Delayed } from './batch/delayed.ts'
import { Doubles } from './batch/doubles.ts'
import type { Direct } from './batch/item.ts'
import type { BatchEnd, Host, Job } from './batch/job.ts'
import { halves, joined, nothing } from './batch/parts.ts'
import { Recent } from './batch/recent.ts'
import { troubleOf } from './batch/trouble.ts'
import type { Measures } from './measures.ts'
import { lookOut } from './store/claim.ts'

export interface WorkerOptions extends Omit<Host, 'recent' | 'doubles'> {
  readonly doorbells: Doorbells
  readonly log: Log
  /** Told when external tasks are due. */
  readonly tasksDue: () => void
  readonly measures: Measures
}

/** Rows of mailbox and timers looked at for work at once: several hubs' batches; more, as long as others hold all of it. */
const window = 2_000
const widest = 64_000
/** How often the tables are looked at without being asked to. */
const poll: Milliseconds = 1_000
/** Senders whose signals are taken in one batch. */
const together = 1_000

/**
 * The loop that takes what waits in the tables, batch by batch, and with it what senders in this process wait for and `Awaited`
 * cannot take.
 */
export class Worker {
  readonly #options: WorkerOptions & Host
  readonly #awaited: Awaited
  /** Senders that wait for the next batch. */
  #directs: Direct[] = []
  #look = true
  #lookedAt = -Infinity
  #nextDue: number | null = null
  readonly #delayed = new Delayed()
  #stopping = false
  #woken = true
  #sleeper: (() => void) | null = null
  #running: Promise<void> | null = null
  #deaf: () => void = () => {}

  constructor(options: WorkerOptions) {
    this.#options = { ...options, recent: new Recent(), doubles: new Doubles() }
    this.#awaited = new Awaited({
      host: this.#options,
      clock: options.clock,
      log: options.log,
      committed: (end, time) => {
        this.#committed(end.taken, time)
        this.#sleepUntil(end.due)
        if (end.tasks) options.tasksDue()
      },
      takeSlowly: (directs) => {
        this.#directs.push(...directs)
        this.#wake()
      },
      forgetSlow: (direct) => {
        const index = this.#directs.indexOf(direct)
        if (index >= 0) this.#directs.splice(index, 1)
        return index >= 0
      },
    })
  }

  start(): void {
    this.#deaf = this.#options.doorbells.listen('engine', () => this.ring())
    this.#running = this.#run()
  }

  /** Ends after the commits under way. Senders that still wait are refused. */
  async stop(refuse: (direct: Direct) => void): Promise<void> {
    this.#stopping = true
    this.#deaf()
    this.#wake()
    const [waiting] = await Promise.all([this.#awaited.stop(), this.#running])
    for (const direct of [...waiting, ...this.#directs.splice(0)]) refuse(direct)
  }

  ring(): void {
    this.#look = true
    this.#wake()
  }

  /** @throws OutsideError `engine-busy` when too many wait already */
  add(direct: Direct): void {
    this.#awaited.add(direct)
  }

  /** Forgets a sender that waits no longer. @returns false when its signal is being taken right now */
  forget(direct: Direct): boolean {
    return this.#awaited.forget(direct)
  }

  #committed(taken: number, time: Milliseconds): void {
    if (taken > 0) this.#options.measures.batch(taken, time)
  }

  /** A delayed signal was set that is due at `due`. */
  #sleepUntil(due: number | null): void {
    if (due === null || due >= (this.#nextDue ?? Infinity)) return
    this.#nextDue = due
    if (due < this.#options.clock.now() + poll) this.#wake()
  }

  #wake(): void {
    this.#woken = true
    this.#sleeper?.()
  }

  async #run(): Promise<void> {
    let idle = 0
    let failures = 0
    while (!this.#stopping) {
      let job: Job | null = null
      try {
        this.#woken = false
        job = await this.#find(Math.min(window * 2 ** idle, widest))
        const end = job ? await this.#attempt(job) : nothing
        failures = 0
        this.#directs.unshift(...end.back)
        if (end.more) this.#look = true
        if (end.tasks) this.#options.tasksDue()
        this.#sleepUntil(end.due)
        idle = end.seated > 0 ? 0 : idle + 1
        if (!job) await this.#sleep(this.#untilNext())
        else if (idle > 0) {
          // All of it is held by other hubs: they will be done soon, or gone.
          this.#look = true
          await this.#sleep(Math.min(2 ** idle, 50), true)
        }
      } catch (error) {
        failures++
        this.#look = true
        this.#options.recent.clear()
        for (const { waiter } of job?.directs ?? []) waiter.refused(error)
        this.#options.log.error({ err: error }, 'the engine could not work; it tries again')
        await this.#sleep(Math.min(100 * 2 ** failures, 5_000), true)
      }
    }
  }

  /** What there is to do; null when nothing. Looks at the tables only when rung, when something is due, or once a second. */
  async #find(window: number): Promise<Job | null> {
    const { clock, database, models } = this.#options
    const now = clock.now()
    const due = (this.#nextDue !== null && this.#nextDue <= now) || this.#delayed.next <= clock.monotonic()
    let ready: readonly number[] = []
    if (this.#look || due || clock.monotonic() - this.#lookedAt >= poll) {
      this.#look = false
      this.#lookedAt = clock.monotonic()
      const outlook = await lookOut(database.keyed, now, window, this.#delayed.waiting(clock.monotonic()))
      this.#nextDue = outlook.nextDue
      if (outlook.models > models.seen) await models.load(database.sql)
      if (outlook.tasks) this.#options.tasksDue()
      ready = outlook.ready
      if (ready.length > 0) this.#look = true
    }
    const directs = this.#directs.splice(0, together)
    return ready.length > 0 || directs.length > 0 ? { ready, directs } : null
  }

  #untilNext(): Milliseconds {
    const { clock } = this.#options
    const polled = this.#lookedAt + poll - clock.monotonic()
    const due = this.#nextDue === null ? Infinity : this.#nextDue - clock.now()
    return Math.min(polled, due, this.#delayed.next - clock.monotonic())
  }

  /** Resolves after `delay`, or when woken, unless `deeply`. */
  #sleep(delay: Milliseconds, deeply = false): Promise<void> {
    if (this.#stopping || delay <= 0 || (this.#woken && !deeply)) return Promise.resolve()
    return new Promise((resolve) => {
      const end = (): void => {
        cancel()
        this.#sleeper = null
        resolve()
      }
      const cancel = this.#options.clock.after(delay, end)
      this.#sleeper = deeply ? (): void => (this.#stopping ? end() : undefined) : end
    })
  }

  /** The whole job in one batch; when that cannot be, halves of it, down to one item, so that what is wrong stays alone. */
  async #attempt(job: Job): Promise<BatchEnd> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.#measured(runBatch, job)
      } catch (error) {
        const trouble = troubleOf(error)
        if (trouble === 'database') throw error
        if (trouble === 'race' && tries < 5) continue
        this.#options.log.warn({ err: error, instances: job.ready.length }, 'a batch was undone; it is taken in parts')
        return await this.#inParts(job, error)
      }
    }
  }

  async #measured(run: typeof runBatch, job: Job): Promise<BatchEnd> {
    const { clock } = this.#options
    const begin = clock.monotonic()
    const end = await run(this.#options, job)
    this.#committed(end.taken, clock.monotonic() - begin)
    return end
  }

  async #inParts(job: Job, cause: unknown): Promise<BatchEnd> {
    const parts = halves(job)
    if (parts.length > 1) {
      const ends: BatchEnd[] = []
      for (const part of parts) ends.push(await this.#attempt(part))
      return ends.reduce(joined, nothing)
    }
    try {
      const end = await this.#measured(runOne, job)
      return { ...end, more: true }
    } catch (error) {
      const trouble = troubleOf(error)
      if (trouble === 'instance' && error !== cause) {
        throw new AggregateError([error, cause], 'one item of one instance could not be taken', { cause: error })
      }
      if (trouble === 'database' || trouble === 'instance') throw error
      return this.#putOff(job, error)
    }
  }

  /** Nothing is wrong with the instance, but what it needs is not to be had now: it waits, and nobody waits for it. */
  #putOff({ ready, directs }: Job, error: unknown): BatchEnd {
    const { clock, keys, log } = this.#options
    for (const { waiter } of directs) waiter.refused(error)
    const addressed = directs.flatMap(({ address }) => keys.get(addressKey(address)) ?? [])
    for (const instance of new Set([...ready, ...addressed])) {
      const wait = this.#delayed.postpone(instance, clock.monotonic())
      log.warn({ err: error, instance, wait }, 'an instance could not be worked on for now; it is tried again')
    }
    return nothing
  }
}
