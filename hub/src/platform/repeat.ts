import type { Clock, Milliseconds } from './clock.ts'
import type { Log } from './log.ts'

export interface Repetition {
  readonly clock: Clock
  readonly log: Log
  /** From the end of one round to the beginning of the next. */
  readonly every: Milliseconds
  /** For the log, as in “could not <what>”. */
  readonly what: string
  readonly work: () => Promise<unknown>
}

/** Does something again and again, for housekeeping: a round that fails is logged and tried again at the next. Returns the way to stop. */
export function repeat({ clock, log, every, what, work }: Repetition): () => void {
  let stopped = false
  let cancel: () => void
  const later = (): void => {
    if (stopped) return
    cancel = clock.after(every, () => {
      work()
        .catch((error: unknown) => log.warn({ err: error }, `could not ${what}; trying again later`))
        .finally(later)
    })
  }
  later()
  return () => {
    stopped = true
    cancel()
  }
}
