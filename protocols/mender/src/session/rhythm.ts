import { Recent } from './recent.ts'

/** How often devices come is theirs to decide; the client's own defaults are 30 minutes for polls and 8 hours for the inventory. */
const first = 2 * 30 * 60_000
const least = 60_000
const most = 26 * 3_600_000
/** Devices whose rhythm is known at once. */
const devicesKnown = 100_000

/** Learns from a device's requests when the next one is due. */
export class Rhythm {
  /** Device → when it was here last, and the longest of its recent pauses. Milliseconds. */
  readonly #known = new Recent<{ at: number; pause: number }>(devicesKnown)

  /** @param now milliseconds, of a clock that never goes back. @returns milliseconds after which the device is missed */
  seen(device: string, now: number): number {
    const before = this.#known.get(device)
    // A longer pause counts at once, a shorter one bit by bit: one request follows another within milliseconds.
    const pause = before ? Math.max(now - before.at, before.pause * 0.9) : first / 2
    this.#known.set(device, { at: now, pause })
    return Math.min(most, Math.max(least, 2 * pause))
  }
}
