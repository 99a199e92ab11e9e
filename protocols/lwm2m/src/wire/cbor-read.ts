import { Lwm2mWireError } from '../errors.ts'
import { limits } from '../limits.ts'
import { ByteReader } from './byte-reader.ts'
import { smallest } from './values.ts'

/** What the two CBOR formats of LwM2M are made of. Keys of maps are numbers, texts or arrays of numbers. */
export type Cbor = null | boolean | number | bigint | string | Uint8Array | Cbor[] | CborMap
export type CborMap = Map<Cbor, Cbor>

const clause = 'RFC 8949, 3'
const breakCode = 0xff

/**
 * One CBOR item that fills the bytes. Every length is compared with what is left before anything is made of it; indefinite
 * lengths are taken (constrained encoders write them), tags but that of a time are not. Throws Lwm2mWireError.
 */
export function decodeCbor(bytes: Uint8Array): Cbor {
  const reader = new CborReader(bytes)
  const value = reader.item(0)
  reader.ended()
  return value
}

class CborReader {
  readonly #reader: ByteReader
  #values = 0

  constructor(bytes: Uint8Array) {
    this.#reader = new ByteReader(bytes, clause)
  }

  ended(): void {
    if (this.#reader.left > 0) this.#reader.fail('malformed', `${this.#reader.left} bytes follow the item`)
  }

  item(depth: number): Cbor {
    const reader = this.#reader
    if (depth > limits.depth) reader.fail('too-deep', `more than ${limits.depth} levels`)
    if (++this.#values > limits.values) reader.fail('too-large', `more than ${limits.values} values`)
    const head = reader.byte('an item')
    const additional = head & 0x1f
    switch (head >> 5) {
      case 0:
        return this.#argument(additional)
      case 1:
        return this.#negative(additional)
      case 2:
        return reader.take(this.#length(additional), 'a byte string')
      case 3:
        return this.#text(additional)
      case 4:
        return this.#array(additional, depth + 1)
      case 5:
        return this.#map(additional, depth + 1)
      case 6:
        return this.#tagged(additional, depth)
      default:
        return this.#simple(additional)
    }
  }

  /** A bigint only where a number could not hold it exactly. */
  #argument(additional: number): number | bigint {
    if (additional < 24) return additional
    if (additional < 27) return this.#reader.uint(1 << (additional - 24), 'an argument')
    if (additional > 27) this.#reader.fail('malformed', `additional information ${additional}`)
    const high = this.#reader.uint(4, 'an argument')
    const low = this.#reader.uint(4, 'an argument')
    return high < 0x20_0000 ? high * 0x1_0000_0000 + low : (BigInt(high) << 32n) | BigInt(low)
  }

  #negative(additional: number): number | bigint {
    const argument = this.#argument(additional)
    return smallest(typeof argument === 'bigint' ? -1n - argument : -1 - argument)
  }

  #length(additional: number): number {
    const length = this.#argument(additional)
    if (length > this.#reader.left) this.#reader.fail('truncated', `a length of ${length} runs past the end`)
    return Number(length)
  }

  #text(additional: number): string {
    const length = this.#length(additional)
    if (length > limits.textBytes) this.#reader.fail('too-large', `a text of ${length} bytes`)
    return this.#reader.text(length, 'a text')
  }

  #array(additional: number, depth: number): Cbor[] {
    const values: Cbor[] = []
    const count = additional === 31 ? null : this.#length(additional)
    while (this.#more(count, values.length)) values.push(this.item(depth))
    return values
  }

  #map(additional: number, depth: number): CborMap {
    const map: CborMap = new Map()
    const count = additional === 31 ? null : this.#length(additional)
    while (this.#more(count, map.size)) {
      const key = this.item(depth)
      if (map.has(key)) this.#reader.fail('malformed', `the key ${String(key)} twice`, 'RFC 8949, 5.6')
      map.set(key, this.item(depth))
    }
    return map
  }

  /** @param count null where a break ends the items (RFC 8949, 3.2.2) */
  #more(count: number | null, have: number): boolean {
    if (count !== null) return have < count
    const at = this.#reader.at
    if (this.#reader.byte('an item or a break') === breakCode) return false
    this.#reader.at = at
    return true
  }

  /** RFC 8949, 3.4.2: tag 1 is a time since the Unix epoch. No other has a use here. */
  #tagged(additional: number, depth: number): Cbor {
    const tag = this.#argument(additional)
    if (tag !== 1) this.#reader.fail('not-allowed', `tag ${tag}`, 'RFC 8949, 3.4')
    return this.item(depth + 1)
  }

  #simple(additional: number): Cbor {
    const reader = this.#reader
    if (additional === 20 || additional === 21) return additional === 21
    if (additional === 22) return null
    if (additional < 25 || additional > 27) reader.fail('not-allowed', `simple value ${additional}`, 'RFC 8949, 3.3')
    const bytes = reader.take(1 << (additional - 24), 'a float')
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    if (additional === 25) return halfFloat(view.getUint16(0))
    return additional === 26 ? view.getFloat32(0) : view.getFloat64(0)
  }
}

/** RFC 8949, Appendix D. */
function halfFloat(bits: number): number {
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  const sign = bits & 0x8000 ? -1 : 1
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

/** Throws Lwm2mWireError when the item is something else than what the format has there. */
export function expectMap(item: Cbor, where: string, inClause: string): CborMap {
  if (item instanceof Map) return item
  throw new Lwm2mWireError('malformed', inClause, 0, `${where} is no map`)
}
