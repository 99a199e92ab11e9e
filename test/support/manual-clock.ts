import type { Clock, Milliseconds, WallTime } from '../../hub/src/platform/clock.ts'

/** A clock that stands still until it is told otherwise. */
export interface ManualClock extends Clock {
  /** Moves both clocks on and runs, in order of time, every `after` that falls due; one of them may set further ones. */
  advance(by: Milliseconds): void
  /** Sets only the wall clock, forwards or backwards, as an administrator would; runs nothing. */
  setWall(to: WallTime): void
  /** How many `after`s are waiting. */
  readonly waiting: number
}

/** Starts at `start`, by default 2026-01-01T00:00:00Z. */
export function manualClock(start: WallTime = Date.UTC(2026, 0, 1)): ManualClock {
  let wall = start
  let monotonic = 0
  let entries: { due: number; run: () => void }[] = []
  const step = (to: number): void => {
    wall += to - monotonic
    monotonic = to
  }
  return {
    now: () => wall,
    monotonic: () => monotonic,
    after(delay, then) {
      const entry = { due: monotonic + Math.max(0, delay), run: then }
      entries.push(entry)
      return () => {
        entries = entries.filter((each) => each !== entry)
      }
    },
    advance(by) {
      const end = monotonic + by
      for (;;) {
        const next = entries.toSorted((a, b) => a.due - b.due)[0]
        if (next === undefined || next.due > end) break
        entries = entries.filter((each) => each !== next)
        step(next.due)
        next.run()
      }
      step(end)
    },
    setWall(to) {
      wall = to
    },
    get waiting() {
      return entries.length
    },
  }
}
