import { WireError } from '../errors.ts'
import { limits } from '../limits.ts'

/** One MQTT control packet: its first byte, and what follows the remaining length. */
export interface Frame {
  readonly head: number
  readonly body: Uint8Array
}

/** Room for the topic and packet id beside a message. */
const longestBody = limits.messageBytes + 1024

export function malformed(detail: string): WireError {
  return new WireError('malformed', 'mqtt', detail)
}

/**
 * Cuts a byte stream into control packets. Memory is taken only for a packet whose declared length is within the limit,
 * and only when it arrives in pieces; a packet that arrives whole is a view into the bytes given.
 */
export class FrameReader {
  #head = -1
  #length = 0
  /** Value of the next digit of the remaining length (MQTT 3.1.1, 2.2.3); 0 = the length is complete. */
  #multiplier = 1
  #body: Uint8Array | null = null
  #filled = 0

  /** Throws WireError `malformed` or `too-large`: the stream cannot be read on. */
  read(bytes: Uint8Array): Frame[] {
    const frames: Frame[] = []
    let at = 0
    while (at < bytes.length) {
      at = this.#multiplier === 0 ? this.#readBody(bytes, at, frames) : this.#readHead(bytes[at]!, at, frames)
    }
    return frames
  }

  #readHead(byte: number, at: number, frames: Frame[]): number {
    if (this.#head === -1) {
      this.#head = byte
      return at + 1
    }
    // [MQTT-2.2.3]: at most four digits of seven bits, the least significant first.
    if (this.#multiplier > 128 ** 3) throw malformed('the remaining length has more than four bytes')
    this.#length += (byte & 0x7f) * this.#multiplier
    this.#multiplier = byte & 0x80 ? this.#multiplier * 128 : 0
    if (this.#length > longestBody) {
      throw new WireError('too-large', 'mqtt', `a packet of ${this.#length} bytes, at most ${longestBody} are allowed`)
    }
    if (this.#multiplier === 0 && this.#length === 0) this.#finish(new Uint8Array(0), frames)
    return at + 1
  }

  #readBody(bytes: Uint8Array, at: number, frames: Frame[]): number {
    const left = this.#length - this.#filled
    const part = bytes.subarray(at, at + left)
    if (this.#body === null && part.length === left) {
      this.#finish(part, frames)
      return at + left
    }
    this.#body ??= new Uint8Array(this.#length)
    this.#body.set(part, this.#filled)
    this.#filled += part.length
    if (this.#filled === this.#length) this.#finish(this.#body, frames)
    return at + part.length
  }

  #finish(body: Uint8Array, frames: Frame[]): void {
    frames.push({ head: this.#head, body })
    this.#head = -1
    this.#length = 0
    this.#multiplier = 1
    this.#body = null
    this.#filled = 0
  }
}
