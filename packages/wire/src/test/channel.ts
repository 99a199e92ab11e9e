/** One direction of a connection that loses, doubles and reorders: the test decides which message arrives next. */
export class LossyChannel {
  #waiting: Uint8Array[] = []

  get waiting(): number {
    return this.#waiting.length
  }

  put(messages: readonly Uint8Array[]): void {
    this.#waiting.push(...messages)
  }

  /** Takes one out of any place; `keep` leaves it there to arrive once more. */
  take(choice: number, keep = false): Uint8Array | null {
    if (this.#waiting.length === 0) return null
    const at = choice % this.#waiting.length
    const message = this.#waiting[at]!
    if (!keep) this.#waiting.splice(at, 1)
    return message
  }

  lose(): void {
    this.#waiting = []
  }
}
