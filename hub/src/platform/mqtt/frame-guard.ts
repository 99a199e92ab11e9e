/** Largest remaining length (MQTT 3.1.1, 2.2.3; MQTT 5, 2.1.4) by packet type, bytes. Most types go to clients only. */
export interface FrameLimits {
  readonly publish: number
  /** CONNECT, SUBSCRIBE and UNSUBSCRIBE. */
  readonly control: number
}

const CONNECT = 1
const PUBLISH = 3
/**
 * PUBACK, PINGREQ and DISCONNECT. The first and the last may carry a reason code, a text and properties (MQTT 5, 3.4.2, 3.14.2).
 * Not served, so not read: PUBREC, PUBREL and PUBCOMP, as there is no QoS 2, and AUTH (MQTT 5, 3.15).
 */
const fixed: Record<number, number> = { 4: 256, 12: 0, 14: 256 }
const SUBSCRIBE = 8
const UNSUBSCRIBE = 10

/**
 * Watches the bytes of one connection and says whether they may go on to the MQTT parser, which would otherwise buffer
 * whatever length a packet declares. Keeps no bytes.
 */
export class FrameGuard {
  readonly #limits: FrameLimits
  /** Bytes of the current packet still to come; while negative, its fixed header is being read. */
  #rest = -1
  #type = 0
  #length = 0
  #lengthBytes = 0
  #first = true

  constructor(limits: FrameLimits) {
    this.#limits = limits
  }

  /** Looks at the next bytes; returns why they must not be parsed, or null. After a refusal the connection must be closed. */
  refuses(bytes: Uint8Array): string | null {
    let at = 0
    while (at < bytes.length) {
      if (this.#rest > 0) {
        const skipped = Math.min(this.#rest, bytes.length - at)
        this.#rest -= skipped
        at += skipped
        if (this.#rest > 0) return null
        this.#rest = -1
        continue
      }
      const refusal = this.#header(bytes[at++]!)
      if (refusal !== null) return refusal
    }
    return null
  }

  /** One byte of a fixed header: type and flags, then one to four bytes of length, seven bits each, lowest first. */
  #header(byte: number): string | null {
    if (this.#type === 0) {
      this.#type = byte >> 4
      this.#length = 0
      this.#lengthBytes = 0
      return this.#limit() === null ? `packet type ${this.#type}` : null
    }
    this.#length += (byte & 127) * 128 ** this.#lengthBytes++
    const limit = this.#limit() ?? 0
    if (this.#length > limit) return `packet type ${this.#type} of ${this.#length} bytes or more, ${limit} allowed`
    if (byte >= 128) return this.#lengthBytes === 4 ? 'length of more than four bytes' : null
    this.#rest = this.#length === 0 ? -1 : this.#length
    this.#type = 0
    this.#first = false
    return null
  }

  /** Null for what a client must not send, or not first (MQTT-3.1.0-1). */
  #limit(): number | null {
    if (this.#first && this.#type !== CONNECT) return null
    if (this.#type === PUBLISH) return this.#limits.publish
    if (this.#type === CONNECT || this.#type === SUBSCRIBE || this.#type === UNSUBSCRIBE) return this.#limits.control
    return fixed[this.#type] ?? null
  }
}
