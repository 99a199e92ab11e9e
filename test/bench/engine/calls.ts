import { performance } from 'node:perf_hooks'
import { quantile } from '../measure.ts'

/** What callers got who each call again as soon as they have heard. */
export interface CallRound {
  /** Per second. */
  readonly rate: number
  /** Milliseconds from the call to its answer. */
  readonly p50: number
  readonly p99: number
}

/** `callers` callers for so long. */
export async function callFor(
  { callers, milliseconds }: { readonly callers: number; readonly milliseconds: number },
  call: () => Promise<unknown>,
): Promise<CallRound> {
  const times: number[] = []
  const begin = performance.now()
  const end = begin + milliseconds
  await Promise.all(
    Array.from({ length: callers }, async () => {
      for (let now = begin; now < end;) {
        await call()
        const heard = performance.now()
        times.push(heard - now)
        now = heard
      }
    }),
  )
  const rate = times.length / ((performance.now() - begin) / 1_000)
  return { rate, p50: quantile(times, 0.5), p99: quantile(times, 0.99) }
}
