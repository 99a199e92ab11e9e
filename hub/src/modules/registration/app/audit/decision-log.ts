import { randomBytes } from 'node:crypto'
import { acting, actAsHub } from '../../../../platform/acting.ts'
import type { Clock, Milliseconds } from '../../../../platform/clock.ts'
import { Decided, type NewDecision } from '../../../../platform/decisions.ts'
import { OutsideError, errorCode } from '../../../../platform/errors.ts'
import type { Log } from '../../../../platform/log.ts'
import { entryOf, type WaitingEntry } from '../../domain/audit-entry.ts'

export const auditFull = errorCode(
  'audit-full',
  503,
  'The hub cannot record what it decides at the moment',
  'Nothing was done. Check that the database can be reached and has room; the hub goes on by itself once it can write.',
)

/** Rows that may wait for the database; then nothing more is decided. */
const mostWaiting = 10_000
/** Decisions whose repeats are counted at a time. */
const mostShared = 10_000
/** Rows of one transaction. */
const batch = 500
const writeEvery: Milliseconds = 200
/** Repeats of a decision within this time are one row. */
const sharedFor: Milliseconds = 60_000
/** Refusals of one kind that have rows of their own within this time, by what was asked for; the rest are counted together. */
const mostApart = 50
/** Kinds of refusals whose objects are kept apart at a time. */
const mostKinds = 1_000

interface Shared {
  readonly decided: Decided
  readonly until: number
  count: number
}

export interface DecisionLogOptions {
  readonly clock: Clock
  readonly log: Log
  /** Appends rows to the audit, in a transaction of their own. */
  readonly write: (entries: readonly WaitingEntry[]) => Promise<void>
}

/**
 * Gives decisions their ids, and takes those that no transaction takes along: reads, refusals, requests that failed. They are
 * written a few times a second. When more wait than may, no further decision is made, so that nothing goes unrecorded.
 */
export class DecisionLog {
  readonly #options: DecisionLogOptions
  readonly #shared = new Map<string, Shared>()
  readonly #apart = new Map<string, { readonly until: number; readonly objects: Set<string> }>()
  #waiting: WaitingEntry[] = []
  #writing: Promise<void> | null = null
  #scheduled = false
  #stopped = false
  readonly #boot = `dec-${randomBytes(6).toString('hex')}`
  #made = 0

  constructor(options: DecisionLogOptions) {
    this.#options = options
  }

  /** @throws OutsideError `audit-full` */
  make(made: NewDecision): Decided {
    if (this.#waiting.length >= mostWaiting)
      throw new OutsideError(auditFull, `${mostWaiting} decisions wait to be written.`)
    const id = `${this.#boot}-${(this.#made++).toString(36)}`
    return new Decided(id, this.#options.clock.now(), acting()?.requestId ?? null, made)
  }

  /** The decision with this key that was made within the last minute, counted once more; else `make`s one and keeps it. */
  share(key: string, make: () => NewDecision): Decided {
    const known = this.#shared.get(key)
    if (known && this.#options.clock.monotonic() < known.until) {
      known.count++
      return answeredBy(known.decided)
    }
    if (known) this.#forget(key, known)
    const decided = this.make(make())
    this.keep(decided)
    answeredBy(decided)
    this.#shared.set(key, { decided, until: this.#options.clock.monotonic() + sharedFor, count: 1 })
    if (this.#shared.size > mostShared) {
      const [oldest, shared] = this.#shared.entries().next().value!
      this.#forget(oldest, shared)
    }
    return decided
  }

  /** As `share`: repeats are the same about the same; of refusals about ever other things only the first have their own row. */
  repeated(made: NewDecision): Decided {
    const { tenant, actor, action, verdict, reason, object } = made
    const kind = `${tenant} ${actor.kind} ${actor.id} ${actor.name ?? ''} ${action} ${verdict} ${reason}`
    const about = Object.values(object).join(' ')
    if (about === '') return this.share(kind, () => made)
    if (verdict === 'allowed' || this.#isApart(kind, about)) return this.share(`${kind} ${about}`, () => made)
    return this.share(`${kind} others`, () => ({ ...made, object: {}, reason: `${reason}; and so for more objects` }))
  }

  #isApart(kind: string, about: string): boolean {
    const now = this.#options.clock.monotonic()
    const known = this.#apart.get(kind)
    if (known && now < known.until) {
      if (known.objects.size < mostApart) known.objects.add(about)
      return known.objects.has(about)
    }
    this.#apart.delete(kind)
    this.#apart.set(kind, { until: now + sharedFor, objects: new Set([about]) })
    if (this.#apart.size > mostKinds) this.#apart.delete(this.#apart.keys().next().value!)
    return true
  }

  /** Has it written soon, unless a transaction has recorded it. */
  keep(decided: Decided): void {
    if (decided.recorded) return
    decided.recorded = true
    this.#push(entryOf(decided, [], 1))
  }

  /** Resolves once all that was decided so far is in the audit. @throws what keeps it from being written */
  async flush(): Promise<void> {
    this.#expire()
    // Whoever began that has its error; what it left unwritten is written here.
    await this.#writing?.catch(() => {})
    await this.#write()
  }

  /** Counts of the last minute are written, too. */
  async stop(): Promise<void> {
    this.#stopped = true
    for (const [key, shared] of this.#shared) this.#forget(key, shared)
    await this.flush().catch((error: unknown) => this.#warn(error))
  }

  #push(entry: WaitingEntry): void {
    this.#waiting.push(entry)
    this.#schedule()
  }

  #forget(key: string, { decided, count }: Shared): void {
    this.#shared.delete(key)
    if (count > 1) this.#push({ ...entryOf(decided, [], count), at: new Date(this.#options.clock.now()).toISOString() })
  }

  #schedule(): void {
    if (this.#scheduled || this.#stopped) return
    this.#scheduled = true
    actAsHub(() =>
      this.#options.clock.after(writeEvery, () => {
        this.#scheduled = false
        this.#expire()
        this.#write()
          .catch((error: unknown) => this.#warn(error))
          .finally(() => {
            if (this.#waiting.length > 0 || this.#shared.size > 0) this.#schedule()
          })
      }),
    )
  }

  /** The oldest come first. */
  #expire(): void {
    const now = this.#options.clock.monotonic()
    for (const [key, shared] of this.#shared) {
      if (now < shared.until) return
      this.#forget(key, shared)
    }
  }

  #write(): Promise<void> {
    this.#writing ??= actAsHub(() => this.#writeAll()).finally(() => (this.#writing = null))
    return this.#writing
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const entries = this.#waiting.slice(0, batch)
      await this.#options.write(entries)
      this.#waiting = this.#waiting.slice(entries.length)
    }
  }

  #warn(error: unknown): void {
    const { log } = this.#options
    log.warn({ err: error, waiting: this.#waiting.length }, 'decisions could not be written to the audit; trying again')
  }
}

/** The answer names what was refused, else what it changes by, else what it reads by. */
function answeredBy(decided: Decided): Decided {
  const who = acting()
  if (who && (decided.verdict !== 'allowed' || who.decisions.length === 0)) who.decision = decided.id
  return decided
}
