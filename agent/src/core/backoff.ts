/**
 * Exponential backoff with full jitter: the wait is uniform between 0 and the ceiling, which doubles at each failure.
 * Full jitter spreads a whole fleet that lost its hub at the same moment.
 */
export interface BackoffPolicy {
  /** First ceiling, ms. */
  readonly first: number
  /** Highest ceiling, ms. */
  readonly most: number
}

/**
 * @param failures how often in a row it has failed, from 1
 * @param chance uniform in [0, 1)
 * @returns milliseconds to wait
 */
export function backoffDelay(policy: BackoffPolicy, failures: number, chance: number): number {
  const ceiling = Math.min(policy.most, policy.first * 2 ** Math.min(failures - 1, 30))
  return Math.floor(ceiling * chance)
}

/** How often in a row a connection failed, after one that lasted `lived` ms: ten stable seconds forget earlier failures. */
export function failuresAfter(failures: number, lived: number): number {
  return lived >= 10_000 ? 1 : failures + 1
}
