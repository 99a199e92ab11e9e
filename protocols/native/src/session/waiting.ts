/** Bounds of what one device may have waiting at the hub: far more than an agent that keeps to the protocol sends. */
export const waitingBounds = { messages: 256, bytes: 1_048_576 } as const

/** Payloads of one connection that wait for their turn. */
export class Waiting {
  #payloads: Uint8Array[] = []
  #bytes = 0

  get empty(): boolean {
    return this.#payloads.length === 0
  }

  /** @returns false when it does not fit: the device floods */
  put(payload: Uint8Array): boolean {
    if (this.#payloads.length >= waitingBounds.messages || this.#bytes + payload.length > waitingBounds.bytes)
      return false
    this.#payloads.push(payload)
    this.#bytes += payload.length
    return true
  }

  takeAll(): Uint8Array[] {
    const payloads = this.#payloads
    this.#payloads = []
    this.#bytes = 0
    return payloads
  }
}
