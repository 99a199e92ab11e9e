import type { Milliseconds } from '../../platform/clock.ts'

const shortest: Milliseconds = 100
const longest: Milliseconds = 30_000
/** Instances put off at once, at most; beyond, the oldest are tried again sooner than they should. */
const bound = 1_000

/** Instances that this hub leaves alone for a while, each longer the more often in a row it was put off. */
export class Delayed {
  readonly #entries = new Map<number, { until: Milliseconds; tries: number }>()

  /** When the next one is to be tried again, on the monotonic clock; Infinity when there is none. */
  next: Milliseconds = Infinity

  /** @returns for how long: 100 ms, doubled each time, up to 30 s */
  postpone(instance: number, now: Milliseconds): Milliseconds {
    const tries = this.#entries.get(instance)?.tries ?? 0
    const wait = Math.min(shortest * 2 ** tries, longest)
    this.#entries.delete(instance)
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size < bound) break
      this.#entries.delete(oldest)
    }
    this.#entries.set(instance, { until: now + wait, tries: Math.min(tries + 1, 20) })
    this.next = Math.min(this.next, now + wait)
    return wait
  }

  /** Those that are to be left alone. One that was not put off again for a while begins anew. */
  waiting(now: Milliseconds): number[] {
    this.next = Infinity
    const waiting: number[] = []
    for (const [instance, { until }] of this.#entries) {
      if (until > now) {
        waiting.push(instance)
        this.next = Math.min(this.next, until)
      } else if (until + longest < now) this.#entries.delete(instance)
    }
    return waiting
  }
}
