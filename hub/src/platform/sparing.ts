import type { Clock, Milliseconds, WallTime } from './clock.ts'

/** A counted answer and when it was counted. */
export interface Counted<T> {
  readonly value: T
  readonly countedAt: WallTime
}

interface Kept<T> {
  readonly answer: Promise<Counted<T>>
  /** By the monotonic clock; null while it is being counted. */
  fresh: Milliseconds | null
}

export interface SparingOptions {
  readonly clock: Clock
  /** How many times longer than counting took its answer is given again. */
  readonly times: number
  /** Answers in memory at most. */
  readonly most: number
}

/**
 * Counts when asked, and gives the same answer again for as long as keeps the counting under a small share of one connection's time:
 * quick counts are always fresh, slow ones some seconds old. Callers at the same time share one count; a failed one is not kept.
 */
export function sparing<T>({ clock, times, most }: SparingOptions) {
  const kept = new Map<string, Kept<T>>()
  return async (key: string, count: () => Promise<T>): Promise<Counted<T>> => {
    const known = kept.get(key)
    if (known !== undefined && (known.fresh === null || clock.monotonic() < known.fresh)) return known.answer
    const began = clock.monotonic()
    const entry: Kept<T> = {
      answer: count().then((value) => ({ value, countedAt: clock.now() })),
      fresh: null,
    }
    kept.delete(key)
    if (kept.size >= most) kept.delete(kept.keys().next().value!)
    kept.set(key, entry)
    try {
      const answer = await entry.answer
      entry.fresh = clock.monotonic() + (clock.monotonic() - began) * times
      return answer
    } catch (error) {
      if (kept.get(key) === entry) kept.delete(key)
      throw error
    }
  }
}
