import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Waits until `condition` gives something true and returns it; looks every few milliseconds. For what other processes and
 * sockets do; what depends on the hub's clock is tested with `manualClock`.
 * @throws Error after `deadline` milliseconds (default 10,000), with what the condition gave or threw last
 */
export async function until<T>(
  condition: () => T | Promise<T>,
  options: { deadline?: number; what?: string } = {},
): Promise<NonNullable<Exclude<T, false>>> {
  const end = performance.now() + (options.deadline ?? 10_000)
  let last: unknown
  for (let wait = 1; ; wait = Math.min(wait * 2, 50)) {
    try {
      const value = await condition()
      if (value) return value as NonNullable<Exclude<T, false>>
      last = value
    } catch (error) {
      last = error
    }
    if (performance.now() > end) break
    await sleep(wait)
  }
  const what = options.what ?? condition.toString()
  throw new Error(`not within ${options.deadline ?? 10_000} ms: ${what}; last: ${String(last)}`, { cause: last })
}
