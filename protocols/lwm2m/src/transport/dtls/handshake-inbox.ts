import type { Fragment } from './messages.ts'

export interface HandshakeMessage {
  readonly type: number
  readonly messageSequence: number
  readonly body: Uint8Array
}

interface Partial {
  readonly type: number
  readonly body: Uint8Array
  /** Bytes from the start that are there. */
  filled: number
}

/** Puts fragments together and gives messages in order (RFC 6347, 4.2.2 and 4.2.3). One message is kept at a time. */
export class HandshakeInbox {
  #next: number
  #partial: Partial | null = null

  constructor(next: number) {
    this.#next = next
  }

  /** @returns the message that is whole now; `again` for one that was taken before: the peer has not got the answer */
  put(fragment: Fragment): HandshakeMessage | 'again' | null {
    if (fragment.messageSequence < this.#next) return 'again'
    // One that comes too early comes again.
    if (fragment.messageSequence > this.#next) return null
    if (this.#partial?.type !== fragment.type || this.#partial.body.length !== fragment.length)
      this.#partial = { type: fragment.type, body: new Uint8Array(fragment.length), filled: 0 }
    const partial = this.#partial
    if (fragment.offset > partial.filled) return null
    partial.body.set(fragment.body, fragment.offset)
    partial.filled = Math.max(partial.filled, fragment.offset + fragment.body.length)
    if (partial.filled < fragment.length) return null
    this.#partial = null
    return { type: fragment.type, messageSequence: this.#next++, body: partial.body }
  }
}
