import type { Clock } from '../../core/platform.ts'

export const nodeClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(delay, then) {
    const timer = setTimeout(then, delay)
    return () => clearTimeout(timer)
  },
}
