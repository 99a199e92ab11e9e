import type { Milliseconds } from '../../../platform/clock.ts'

/**
 * What is on its way to each connected device: at most `size` outputs unacknowledged per device, each sent again when no
 * acknowledgement came within `patience`. Lives in memory only: the queue is in the database, and after a restart of the hub
 * or a reconnect everything open is sent again.
 */
export class SendWindow {
  readonly #size: number
  readonly #patience: Milliseconds
  /** Device → output id → when it was sent (monotonic clock). */
  readonly #sent = new Map<string, Map<number, Milliseconds>>()

  constructor(size: number, patience: Milliseconds) {
    this.#size = size
    this.#patience = patience
  }

  /** Of a device's oldest open outputs (in order), those to send now; they count as sent from here on. */
  take(device: string, open: readonly number[], now: Milliseconds): number[] {
    const sent = this.#sent.get(device) ?? new Map<number, Milliseconds>()
    const due: number[] = []
    for (const id of open.slice(0, this.#size)) {
      const at = sent.get(id)
      if (at !== undefined && now - at < this.#patience) continue
      sent.set(id, now)
      due.push(id)
    }
    if (sent.size > 0) this.#sent.set(device, sent)
    return due
  }

  /** The device has taken the output. Returns whether the window was full until now, so that more may wait behind it. */
  taken(device: string, id: number): boolean {
    const sent = this.#sent.get(device)
    if (sent === undefined) return false
    const full = sent.size >= this.#size
    sent.delete(id)
    if (sent.size === 0) this.#sent.delete(device)
    return full
  }

  /** The connection is gone or new: whatever was on its way no longer is. */
  forget(device: string): void {
    this.#sent.delete(device)
  }

  /** Devices with an output that has waited too long for its acknowledgement. */
  overdue(now: Milliseconds): string[] {
    const devices: string[] = []
    for (const [device, sent] of this.#sent)
      for (const at of sent.values())
        if (now - at >= this.#patience) {
          devices.push(device)
          break
        }
    return devices
  }
}
