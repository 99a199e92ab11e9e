import { performance } from 'node:perf_hooks'

/** What the benches ask of another job queue: to hold jobs that do nothing, so that the queue itself is all that is measured. */
export type QueueQuestion =
  | { readonly do: 'start'; readonly url: string }
  /** Jobs one by one, each awaited by its caller. → CallRound */
  | { readonly do: 'call'; readonly callers: number; readonly milliseconds: number }
  /** → jobs per second, from the first put in to the last completed */
  | ({ readonly do: 'queued'; readonly jobs: number } & BatchSettings)

export interface BatchSettings {
  /** Jobs to a statement that puts them in. */
  readonly each: number
  /** Jobs taken out, and completed, at once. */
  readonly fetched: number
}

/** Settings that a queue is tried with before the rounds; the rounds have its best. */
export const tried: readonly BatchSettings[] = [
  { each: 250, fetched: 250 },
  { each: 1_000, fetched: 500 },
  { each: 1_000, fetched: 1_000 },
  { each: 2_000, fetched: 2_000 },
]

/** Puts `jobs` in, `each` at a time, while they are worked off; resolves with the rate when both are done. */
export async function combinedRate(
  { jobs, each }: { readonly jobs: number; readonly each: number },
  put: (count: number) => Promise<void>,
  worked: Promise<void>,
): Promise<number> {
  const begin = performance.now()
  for (let left = jobs; left > 0; left -= each) await put(Math.min(each, left))
  await worked
  return jobs / ((performance.now() - begin) / 1_000)
}
