import { FleetError } from '../errors.ts'

/** Something to be woken. The wheel writes `wakeAt`; a device is its own entry, so waiting costs it no object. */
export interface WheelItem {
  /** Milliseconds by the wheel's clock; 0 = not waiting. */
  wakeAt: number
  wake(now: number): void
}

const slots = 512
const tickMilliseconds = 20

/**
 * One interval for all timers of a fleet, to within 20 ms. Each item waits for one moment, the earliest asked for.
 * Whole milliseconds since the wheel was made: small integers, which V8 keeps without a heap number.
 */
export class TimerWheel {
  #buckets: WheelItem[][] = Array.from({ length: slots }, () => [])
  #swept = 0
  #interval: NodeJS.Timeout
  #began = performance.now()
  #sleepers = new Set<Sleeper>()
  #stopped = false

  constructor() {
    this.#interval = setInterval(() => this.#sweep(), tickMilliseconds)
  }

  now(): number {
    return Math.floor(performance.now() - this.#began) + 1
  }

  /** Wakes the item at that moment, unless it is to be woken earlier already. */
  wakeAt(item: WheelItem, at: number): void {
    if (this.#stopped || (item.wakeAt !== 0 && item.wakeAt <= at)) return
    item.wakeAt = Math.max(1, Math.floor(at))
    this.#place(item)
  }

  /** Calls `then` once, after that many milliseconds; never when the wheel has stopped by then. */
  after(milliseconds: number, then: () => void): void {
    this.wakeAt({ wakeAt: 0, wake: then }, this.now() + milliseconds)
  }

  /** Resolves after that many milliseconds. Throws FleetError `stopped` when the wheel stops first. */
  sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#stopped) return reject(stoppedError())
      const sleeper = new Sleeper(resolve, reject, this.#sleepers)
      this.#sleepers.add(sleeper)
      this.wakeAt(sleeper, this.now() + milliseconds)
    })
  }

  stop(): void {
    if (this.#stopped) return
    this.#stopped = true
    clearInterval(this.#interval)
    this.#buckets = []
    for (const sleeper of this.#sleepers) sleeper.reject(stoppedError())
    this.#sleepers.clear()
  }

  /** A tick already swept would come round only after a whole turn: the next one is the earliest. */
  #place(item: WheelItem): void {
    const tick = Math.max(this.#swept + 1, Math.ceil(item.wakeAt / tickMilliseconds))
    this.#buckets[tick % slots]!.push(item)
  }

  #sweep(): void {
    const now = this.now()
    const last = Math.floor(now / tickMilliseconds)
    const first = Math.max(this.#swept + 1, last - slots + 1)
    for (let tick = first; tick <= last && !this.#stopped; tick++) {
      this.#swept = tick
      this.#turn(tick, now)
    }
  }

  #turn(tick: number, now: number): void {
    const bucket = this.#buckets[tick % slots]!
    if (bucket.length === 0) return
    this.#buckets[tick % slots] = []
    for (const item of bucket) {
      // Left over from a wait that was brought forward: its newer entry has done, or will do, the work.
      if (item.wakeAt === 0) continue
      if (item.wakeAt > now) this.#place(item)
      else {
        item.wakeAt = 0
        item.wake(now)
      }
      if (this.#stopped) return
    }
  }
}

class Sleeper implements WheelItem {
  wakeAt = 0
  readonly reject: (error: Error) => void
  readonly #resolve: () => void
  readonly #sleepers: Set<Sleeper>

  constructor(resolve: () => void, reject: (error: Error) => void, sleepers: Set<Sleeper>) {
    this.#resolve = resolve
    this.reject = reject
    this.#sleepers = sleepers
  }

  wake(): void {
    this.#sleepers.delete(this)
    this.#resolve()
  }
}

export function stoppedError(): FleetError {
  return new FleetError('stopped', 'the fleet is being stopped')
}
