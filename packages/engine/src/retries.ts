import { isWaiting } from './instance.ts'
import type { Instance, Signal } from './types.ts'

/** When the deferred signals of one run are tried again (section 2.7). */
export class Retries {
  /** The current states changed, or one was taken, since they were last tried. */
  changed = false
  /** Something was waited for when they were last looked at: when that is over, all are tried again. */
  #waiting: boolean
  /** Deferred after the states last changed: there is nothing new to try them for. */
  #fresh: Set<Signal> | null = null
  /** Ids of those deferred in this run. */
  #deferred: Set<string> | null = null

  constructor(instance: Instance) {
    this.#waiting = isWaiting(instance)
  }

  /** A subinstance that was waited for has ended. */
  resume(): void {
    this.#waiting = true
  }

  deferred(signal: Signal): void {
    this.#fresh = (this.#fresh ?? new Set()).add(signal)
    this.#deferred = (this.#deferred ?? new Set()).add(signal.id)
  }

  statesChanged(): void {
    this.changed = true
    this.#fresh = null
  }

  /** Whether it was deferred by an earlier signal: then it is as good as a new one. */
  isOld({ id }: Signal): boolean {
    return this.#deferred?.has(id) !== true
  }

  /** What `attempt` makes of the oldest one that it makes something of. */
  next<T>(instance: Instance, urgent: ReadonlySet<string>, attempt: (signal: Signal) => T | null): T | null {
    const waiting = isWaiting(instance)
    if (this.#waiting && !waiting) this.statesChanged()
    this.#waiting = waiting
    if (!this.changed) return null
    this.changed = false
    for (const signal of instance.deferred) {
      if (this.#fresh?.has(signal) === true || (waiting && !urgent.has(signal.type))) continue
      const made = attempt(signal)
      if (made === null) continue
      // The others have still to be tried.
      this.statesChanged()
      return made
    }
    return null
  }
}
