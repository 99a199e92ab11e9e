/** The time, as this package needs it; the hub's clock fits. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number
  /** Calls `then` once after `delay` milliseconds, unless cancelled by the returned function. */
  after(delay: number, then: () => void): () => void
}
