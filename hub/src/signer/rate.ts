import type { Clock } from '../platform/clock.ts'
import { SignerRefusal } from './refusal.ts'

/** A bucket of tokens: `burst` at once, `perSecond` afterwards. */
export class Rate {
  readonly #clock: Clock
  readonly #perSecond: number
  readonly #burst: number
  #tokens: number
  #at: number

  constructor(clock: Clock, perSecond: number, burst: number) {
    this.#clock = clock
    this.#perSecond = perSecond
    this.#burst = burst
    this.#tokens = burst
    this.#at = clock.monotonic()
  }

  /** @throws SignerRefusal `rate-limited` */
  take(): void {
    const now = this.#clock.monotonic()
    this.#tokens = Math.min(this.#burst, this.#tokens + ((now - this.#at) / 1000) * this.#perSecond)
    this.#at = now
    if (this.#tokens < 1) throw new SignerRefusal('rate-limited', `more than ${this.#perSecond} a second`)
    this.#tokens -= 1
  }
}
