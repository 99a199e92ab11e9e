/** The only reader of time in the hub. Tests inject their own. */

/** Milliseconds since the Unix epoch, UTC. */
export type WallTime = number & { readonly __unit?: 'ms since epoch' }
/** A length of time in milliseconds. */
export type Milliseconds = number & { readonly __unit?: 'ms' }

export interface Clock {
  /** Wall clock; may jump. */
  now(): WallTime
  /** Never goes back; for measuring only. */
  monotonic(): Milliseconds
  /** Calls `then` once after `delay`, unless cancelled by the returned function. Does not keep the process alive. */
  after(delay: Milliseconds, then: () => void): () => void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(delay, then) {
    const timer = setTimeout(then, delay)
    timer.unref()
    return () => clearTimeout(timer)
  },
}
