import type { Clock } from '../../core/platform.ts'

export const nodeClock: Clock = {
  now: () => Date.now(),
  // Not performance.now(): that loads node:perf_hooks.
  monotonic: () => {
    const [seconds, nanoseconds] = process.hrtime()
    return seconds * 1000 + nanoseconds / 1e6
  },
  after(delay, then) {
    const timer = setTimeout(then, delay)
    return () => clearTimeout(timer)
  },
}
