import type { Clock, Milliseconds } from '../../platform/clock.ts'
import { databaseOverloaded } from '../../platform/database.ts'
import { OutsideError } from '../../platform/errors.ts'
import type { Log } from '../../platform/log.ts'
import { within } from '../../platform/wait.ts'
import { engineBusy } from '../errors.ts'
import type { Direct } from './item.ts'
import { tell, type Host } from './job.ts'
import { Lines, type Line } from './lines.ts'
import { runSwiftly, type SwiftEnd } from './swift.ts'
import { troubleOf } from './trouble.ts'

export interface AwaitedOptions {
  readonly host: Host
  readonly clock: Clock
  readonly log: Log
  /** Told of each commit, with how long it took. */
  readonly committed: (end: SwiftEnd, time: Milliseconds) => void
  /** Takes what needs a transaction, and tells each sender. */
  readonly takeSlowly: (directs: readonly Direct[]) => void
  /** @returns false when its signal is being taken right now */
  readonly forgetSlow: (direct: Direct) => boolean
}

/** Senders that may wait at once. */
const queueBound = 10_000
/** Senders whose signals are taken in one commit. */
const together = 1_000
/** So few are not worth two commits. */
const fewest = 8
/** Steps taken of one instance in one commit. */
const budget = 10_000
/** Commits under way at once: while one waits for the disk, the next is decided. */
const rounds = 2
/** The server watches over its statements; nobody else over a server that has gone silent. */
const patience: Milliseconds = 60_000

function tooLong(): OutsideError {
  return new OutsideError(databaseOverloaded, `PostgreSQL did not answer within ${patience / 1_000} s.`)
}

/** What senders in this process wait for. Signals that come while a commit is under way are taken together in the next one. */
export class Awaited {
  readonly #options: AwaitedOptions
  readonly #lines = new Lines()
  /** Of lines that were handed on: each sender's stand-in, and what is to be done when it has heard. */
  readonly #slow = new Map<Direct, { standIn: Direct; settled: () => void }>()
  readonly #rounds = new Set<Promise<void>>()
  #soon = false
  #failures = 0
  #resume: (() => void) | null = null
  #stopping = false

  constructor(options: AwaitedOptions) {
    this.#options = options
  }

  /** @throws OutsideError `engine-busy` when too many wait already */
  add(direct: Direct): void {
    if (this.#lines.size + this.#slow.size >= queueBound) {
      throw new OutsideError(engineBusy, `${queueBound} signals wait to be taken already.`)
    }
    this.#lines.add(direct)
    this.#go()
  }

  /** Forgets a sender that waits no longer. @returns false when its signal is being taken right now */
  forget(direct: Direct): boolean {
    if (this.#lines.forget(direct)) return true
    const handed = this.#slow.get(direct)
    if (!handed || !this.#options.forgetSlow(handed.standIn)) return false
    handed.settled()
    return true
  }

  /** Ends after the commits under way. @returns the senders that still wait */
  async stop(): Promise<Direct[]> {
    this.#stopping = true
    this.#resume?.()
    await Promise.all(this.#rounds)
    return this.#lines.drain()
  }

  /** Begins with what has come by the end of this turn of the event loop: those who heard together call again together. */
  #go(): void {
    if (this.#soon || this.#resume || this.#stopping || this.#rounds.size >= rounds) return
    this.#soon = true
    setImmediate(() => {
      this.#soon = false
      const lines = this.#resume || this.#stopping ? [] : this.#lines.take(this.#share())
      if (lines.length === 0) return
      const round = this.#round(lines).finally(() => {
        this.#rounds.delete(round)
        this.#go()
      })
      this.#rounds.add(round)
      this.#go()
    })
  }

  /** An even share of those who wait, so that one commit is decided while PostgreSQL writes another one. */
  #share(): number {
    const free = rounds - this.#rounds.size
    return Math.min(together, Math.max(fewest, Math.ceil(this.#lines.size / free)))
  }

  async #round(lines: readonly Line[]): Promise<void> {
    const { host } = this.#options
    const heard = new Set<Line>()
    let over = false
    const done = (end: SwiftEnd): void => {
      // Too late: they were told already that it is not known.
      if (over) return
      const told = new Set(end.verdicts.map(({ direct }) => direct))
      const settled = lines.filter((line) => told.has(line.directs[0]!))
      for (const line of settled) heard.add(line)
      this.#release(settled)
      tell(end.verdicts)
    }
    try {
      const slow = await within(this.#swiftly(lines, done), patience, tooLong)
      this.#failures = 0
      for (const line of slow) this.#hand(line)
    } catch (error) {
      over = true
      host.recent.clear()
      this.#failed(
        lines.filter((line) => !heard.has(line)),
        error,
      )
    }
  }

  #swiftly(lines: readonly Line[], done: (end: SwiftEnd) => void): Promise<Line[]> {
    const { host, clock, committed } = this.#options
    let begin = clock.monotonic()
    return runSwiftly(host, lines, budget, (end) => {
      done(end)
      const now = clock.monotonic()
      committed(end, now - begin)
      begin = now
    })
  }

  /** When the database was not to be had, it is not known what became of them; otherwise nothing was done. */
  #failed(lines: readonly Line[], error: unknown): void {
    const { clock, log } = this.#options
    if (troubleOf(error) !== 'database') {
      for (const line of lines) this.#hand(line)
      return
    }
    log.error({ err: error }, 'what senders wait for could not be taken')
    this.#release(lines)
    for (const { waiter } of lines.flatMap(({ directs }) => directs)) waiter.refused(error)
    if (this.#resume) return
    this.#failures++
    const cancel = clock.after(Math.min(100 * 2 ** this.#failures, 5_000), () => this.#resume?.())
    this.#resume = () => {
      cancel()
      this.#resume = null
      this.#go()
    }
  }

  #hand(line: Line): void {
    let open = line.directs.length
    const standIns = line.directs.map((direct) => {
      const settled = (): void => {
        if (this.#slow.delete(direct) && --open === 0) this.#release([line])
      }
      const waiter: Direct['waiter'] = {
        returned: (answer) => (settled(), direct.waiter.returned(answer)),
        refused: (error) => (settled(), direct.waiter.refused(error)),
      }
      const standIn = { ...direct, waiter }
      this.#slow.set(direct, { standIn, settled })
      return standIn
    })
    this.#options.takeSlowly(standIns)
  }

  #release(lines: readonly Line[]): void {
    this.#lines.release(lines)
    if (this.#lines.size > 0) this.#go()
  }
}
