import { actAsHub } from './acting.ts'
import type { Clock, Milliseconds, WallTime } from './clock.ts'

/** A count with its age. */
export interface Counted<T> {
  readonly value: T
  readonly at: WallTime
}

/** Of the time, at most a twentieth is spent on counting, and nothing is counted twice within a second. */
const rest = 20
const shortest: Milliseconds = 1_000
/** An older count is nobody's: whoever asks waits for the new one. */
const oldest: Milliseconds = 60_000
/** So many counts are remembered; of more, the one that was counted longest ago is forgotten. */
const remembered = 1_000

interface Remembered<T> {
  counted?: Counted<T>
  /** By the monotonic clock: until when nothing is counted anew, and until when others wait for nothing. */
  until: Milliseconds
  usable: Milliseconds
  underWay?: Promise<Counted<T>>
}

/**
 * What is dear to count is counted when somebody asks for it, once for all who ask meanwhile, and the more seldom the longer it
 * takes. Who asks while a new count is under way gets the one before, and waits only where that is older than a minute.
 * @returns asks for what has this key, and how it is counted, as the hub itself. What that throws, those who wait for it get; the
 * next to ask tries again.
 */
export function countedSeldom<T>(clock: Clock): (key: string, count: () => Promise<T>) => Promise<Counted<T>> {
  const known = new Map<string, Remembered<T>>()

  const recount = async (key: string, entry: Remembered<T>, count: () => Promise<T>): Promise<Counted<T>> => {
    const began = clock.monotonic()
    try {
      const value = await actAsHub(count)
      entry.counted = { value, at: clock.now() }
      const ended = clock.monotonic()
      entry.until = ended + Math.max(shortest, rest * (ended - began))
      entry.usable = Math.max(entry.until, ended + oldest)
      known.delete(key)
      known.set(key, entry)
      if (known.size > remembered) known.delete(known.keys().next().value!)
      return entry.counted
    } finally {
      delete entry.underWay
    }
  }

  return async (key, count) => {
    const entry: Remembered<T> = known.get(key) ?? { until: 0, usable: 0 }
    known.set(key, entry)
    const now = clock.monotonic()
    if (entry.counted !== undefined && now < entry.until) return entry.counted
    entry.underWay ??= recount(key, entry, count)
    if (entry.counted === undefined || now >= entry.usable) return entry.underWay
    // Whoever has an older count does not wait, and hears of no failure: the next to ask tries again.
    entry.underWay.catch(() => {})
    return entry.counted
  }
}
