import { WireError } from '../errors.ts'
import { limits } from '../limits.ts'
import type { WireErrorCode } from '../errors.ts'

/** The CBOR (RFC 8949) subset of the protocol: whole numbers within ±(2^53 − 1), definite lengths, text keys. */
export type CborValue = null | boolean | number | string | Uint8Array | CborValue[] | CborMap
export type CborMap = Map<string, CborValue>

export interface CborBounds {
  readonly bytes: number
  readonly depth: number
  readonly items: number
  readonly values: number
  readonly textBytes: number
}

export const messageBounds: CborBounds = {
  bytes: limits.messageBytes,
  depth: limits.depth,
  items: limits.items,
  values: limits.values,
  textBytes: limits.textBytes,
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Below this many bytes, joining ASCII codes is faster than a call of TextDecoder. */
const shortText = 24

/**
 * Decodes one CBOR item that fills the bytes exactly. Every length is compared with what is left before anything is
 * allocated for it, so the work is at most proportional to the bytes given. Byte strings are views into `bytes`.
 * Throws WireError: malformed, too-large, too-deep, not-allowed, duplicate-key.
 */
export function decodeCbor(bytes: Uint8Array, bounds: CborBounds): CborValue {
  if (bytes.length > bounds.bytes) {
    throw new WireError('too-large', '', `${bytes.length} bytes, at most ${bounds.bytes} are allowed`)
  }
  const reader = new CborReader(bytes, bounds)
  const value = reader.item(0)
  if (reader.at !== bytes.length) reader.fail('malformed', `${bytes.length - reader.at} bytes follow the item`)
  return value
}

class CborReader {
  at = 0
  #values = 0
  readonly #bytes: Uint8Array
  readonly #bounds: CborBounds

  constructor(bytes: Uint8Array, bounds: CborBounds) {
    this.#bytes = bytes
    this.#bounds = bounds
  }

  fail(code: WireErrorCode, detail: string): never {
    throw new WireError(code, '', `${detail} (byte ${this.at})`)
  }

  item(depth: number): CborValue {
    if (++this.#values > this.#bounds.values) this.fail('too-large', `more than ${this.#bounds.values} values`)
    const head = this.#byte()
    const additional = head & 0x1f
    // RFC 8949, 3.1: the major type is in the high-order three bits.
    switch (head >> 5) {
      case 0:
        return this.#argument(additional)
      case 1:
        return this.#negative(additional)
      case 2:
        return this.#byteString(additional)
      case 3:
        return this.#text(additional)
      case 4:
        return this.#array(additional, depth + 1)
      case 5:
        return this.#map(additional, depth + 1)
      case 6:
        return this.fail('not-allowed', 'a tag')
      default:
        return this.#simple(additional)
    }
  }

  #byte(): number {
    const byte = this.#bytes[this.at]
    if (byte === undefined) this.fail('malformed', 'the bytes end inside an item')
    this.at++
    return byte
  }

  #argument(additional: number): number {
    if (additional < 24) return additional
    if (additional > 27) {
      this.fail(
        additional === 31 ? 'not-allowed' : 'malformed',
        additional === 31 ? 'an indefinite length' : 'a reserved head',
      )
    }
    let value = 0
    for (let left = 1 << (additional - 24); left > 0; left--) value = value * 256 + this.#byte()
    if (value > Number.MAX_SAFE_INTEGER) this.fail('not-allowed', 'a number above 2^53 - 1')
    return value
  }

  #negative(additional: number): number {
    const value = -1 - this.#argument(additional)
    if (value < Number.MIN_SAFE_INTEGER) this.fail('not-allowed', 'a number below -(2^53 - 1)')
    return value
  }

  #length(additional: number, most: number, what: string): number {
    const length = this.#argument(additional)
    if (length > this.#bytes.length - this.at) this.fail('malformed', `${what} of ${length} runs past the end`)
    if (length > most) this.fail('too-large', `${what} of ${length}, at most ${most} are allowed`)
    return length
  }

  #byteString(additional: number): Uint8Array {
    const length = this.#length(additional, this.#bounds.bytes, 'a byte string')
    const start = this.at
    this.at += length
    return this.#bytes.subarray(start, this.at)
  }

  #text(additional: number): string {
    const length = this.#length(additional, this.#bounds.textBytes, 'a text')
    const start = this.at
    this.at += length
    if (length <= shortText) {
      const short = this.#ascii(start, this.at)
      if (short !== null) return short
    }
    try {
      return utf8.decode(this.#bytes.subarray(start, this.at))
    } catch {
      return this.fail('malformed', 'a text that is not UTF-8')
    }
  }

  #ascii(start: number, end: number): string | null {
    let text = ''
    for (let at = start; at < end; at++) {
      const byte = this.#bytes[at]!
      if (byte > 0x7f) return null
      text += String.fromCharCode(byte)
    }
    return text
  }

  #enter(additional: number, depth: number, bytesPerEntry: number, what: string): number {
    if (depth > this.#bounds.depth) this.fail('too-deep', `more than ${this.#bounds.depth} levels`)
    const count = this.#length(additional, this.#bounds.items, what)
    if (count * bytesPerEntry > this.#bytes.length - this.at)
      this.fail('malformed', `${what} of ${count} runs past the end`)
    return count
  }

  #array(additional: number, depth: number): CborValue[] {
    const count = this.#enter(additional, depth, 1, 'an array')
    const values: CborValue[] = []
    for (let index = 0; index < count; index++) values.push(this.item(depth))
    return values
  }

  #map(additional: number, depth: number): CborMap {
    const count = this.#enter(additional, depth, 2, 'a map')
    const map: CborMap = new Map()
    for (let index = 0; index < count; index++) {
      const head = this.#byte()
      if (head >> 5 !== 3) this.fail('not-allowed', 'a key that is not text')
      const key = this.#text(head & 0x1f)
      if (map.has(key)) this.fail('duplicate-key', `the key ${JSON.stringify(key)} twice`)
      map.set(key, this.item(depth))
    }
    return map
  }

  #simple(additional: number): null | boolean {
    // RFC 8949, 3.3: 20 false, 21 true, 22 null; 25..27 are floats, 31 ends an indefinite length.
    if (additional === 20) return false
    if (additional === 21) return true
    if (additional === 22) return null
    if (additional >= 28 && additional <= 30) this.fail('malformed', 'a reserved head')
    return this.fail('not-allowed', additional >= 25 ? 'a float or break' : 'a simple value')
  }
}
