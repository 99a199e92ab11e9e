import type { Clock, Milliseconds } from '../../../platform/clock.ts'

const sweepEvery: Milliseconds = 5_000

/** Devices that poll: each counts as present until it has missed the time at which it was expected again. */
export class Sightings {
  readonly #clock: Clock
  readonly #present: (device: string, present: boolean) => void
  /** Device → until when it counts as present (monotonic clock). */
  readonly #until = new Map<string, Milliseconds>()
  #stop: (() => void) | null = null

  constructor(clock: Clock, present: (device: string, present: boolean) => void) {
    this.#clock = clock
    this.#present = present
  }

  start(): void {
    this.#stop = this.#clock.after(sweepEvery, () => {
      this.#sweep()
      this.start()
    })
  }

  stop(): void {
    this.#stop?.()
    this.#stop = null
  }

  seen(device: string, within: Milliseconds): void {
    if (!this.#until.has(device)) this.#present(device, true)
    this.#until.set(device, this.#clock.monotonic() + within)
  }

  /** It has said that it leaves. */
  gone(device: string): void {
    if (this.#until.delete(device)) this.#present(device, false)
  }

  #sweep(): void {
    const now = this.#clock.monotonic()
    for (const [device, until] of this.#until) if (until < now) this.gone(device)
  }
}
