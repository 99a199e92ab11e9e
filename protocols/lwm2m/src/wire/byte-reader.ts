import { Lwm2mWireError } from '../errors.ts'
import type { Lwm2mWireErrorCode } from '../errors.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Below this many bytes, joining ASCII codes is faster than a call of TextDecoder. */
const shortText = 24

/** Reads bytes front to back. Whatever goes past the end is a typed error that names the clause and the offset. */
export class ByteReader {
  at: number
  readonly end: number
  readonly #bytes: Uint8Array
  readonly #clause: string

  constructor(bytes: Uint8Array, clause: string, start = 0, end = bytes.length) {
    this.#bytes = bytes
    this.#clause = clause
    this.at = start
    this.end = end
  }

  get left(): number {
    return this.end - this.at
  }

  fail(code: Lwm2mWireErrorCode, detail: string, clause = this.#clause): never {
    throw new Lwm2mWireError(code, clause, this.at, detail)
  }

  byte(what: string): number {
    if (this.at >= this.end) this.fail('truncated', `no byte for ${what}`)
    return this.#bytes[this.at++]!
  }

  /** A whole number in network byte order; `bytes` at most 6. */
  uint(bytes: number, what: string): number {
    if (bytes > this.left) this.fail('truncated', `${what} of ${bytes} bytes runs past the end`)
    let value = 0
    for (let left = bytes; left > 0; left--) value = value * 256 + this.#bytes[this.at++]!
    return value
  }

  /** A view of the next bytes, not a copy. */
  take(bytes: number, what: string): Uint8Array {
    if (bytes > this.left) this.fail('truncated', `${what} of ${bytes} bytes runs past the end`)
    this.at += bytes
    return this.#bytes.subarray(this.at - bytes, this.at)
  }

  text(bytes: number, what: string): string {
    const start = this.at
    const taken = this.take(bytes, what)
    if (bytes <= shortText) {
      const short = asciiOf(taken)
      if (short !== null) return short
    }
    try {
      return utf8.decode(taken)
    } catch {
      this.at = start
      return this.fail('malformed', `${what} is not UTF-8`)
    }
  }
}

/** The text of ASCII bytes; null when there is anything else among them. */
export function asciiOf(bytes: Uint8Array): string | null {
  let text = ''
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at]! > 0x7f) return null
    text += String.fromCharCode(bytes[at]!)
  }
  return text
}
