import { WireError } from '../errors.ts'
import type { CborBounds } from './cbor-decode.ts'

const utf8 = new TextEncoder()

/**
 * Encodes plain values (null, booleans, whole numbers, texts, Uint8Array, arrays, plain objects, Maps with text keys) with
 * the shortest heads and in the order given; object properties that are undefined are left out.
 * @returns bytes of its own, not a view of a larger buffer
 * Throws WireError `bad-field` for other values, `too-large` and `too-deep` beyond the bounds.
 */
export function encodeCbor(value: unknown, bounds: CborBounds): Uint8Array {
  writer.reset(bounds)
  writer.item(value, '', 0)
  return writer.taken()
}

class CborWriter {
  #buffer = new Uint8Array(4096)
  #at = 0
  #values = 0
  #bounds: CborBounds | null = null

  reset(bounds: CborBounds): void {
    this.#bounds = bounds
    this.#at = 0
    this.#values = 0
  }

  taken(): Uint8Array {
    return this.#buffer.slice(0, this.#at)
  }

  item(value: unknown, where: string, depth: number): void {
    const most = this.#bounds!.values
    if (++this.#values > most) throw new WireError('too-large', where, `more than ${most} values in all`)
    if (typeof value === 'string') this.#text(value, where)
    else if (typeof value === 'number') this.#number(value, where)
    else if (value === null) this.#put(0xf6)
    else if (typeof value === 'boolean') this.#put(value ? 0xf5 : 0xf4)
    else if (value instanceof Uint8Array) this.#bytes(value)
    else if (Array.isArray(value)) this.#array(value, where, depth + 1)
    else if (value instanceof Map) this.#entries([...value], where, depth + 1)
    else if (typeof value === 'object') this.#entries(Object.entries(value), where, depth + 1)
    else throw new WireError('bad-field', where, `a ${typeof value} cannot be encoded`)
  }

  #room(bytes: number): void {
    const needed = this.#at + bytes
    if (needed > this.#bounds!.bytes) {
      throw new WireError('too-large', '', `more than ${this.#bounds!.bytes} bytes when encoded`)
    }
    if (needed <= this.#buffer.length) return
    const larger = new Uint8Array(Math.max(needed, this.#buffer.length * 2))
    larger.set(this.#buffer.subarray(0, this.#at))
    this.#buffer = larger
  }

  #put(byte: number): void {
    this.#room(1)
    this.#buffer[this.#at++] = byte
  }

  /** RFC 8949, 4.2.1: the shortest form of the argument. */
  #head(major: number, argument: number): void {
    const type = major << 5
    if (argument < 24) {
      this.#put(type | argument)
      return
    }
    const power = argument < 0x100 ? 0 : argument < 0x10000 ? 1 : argument < 0x1_0000_0000 ? 2 : 3
    this.#put(type | (24 + power))
    const size = 1 << power
    this.#room(size)
    let left = argument
    for (let at = this.#at + size - 1; at >= this.#at; at--) {
      this.#buffer[at] = left % 256
      left = Math.floor(left / 256)
    }
    this.#at += size
  }

  #number(value: number, where: string): void {
    if (!Number.isSafeInteger(value))
      throw new WireError('bad-field', where, `${value} is not a whole number within 2^53`)
    if (value >= 0) this.#head(0, value)
    else this.#head(1, -1 - value)
  }

  #bytes(value: Uint8Array): void {
    this.#head(2, value.length)
    this.#room(value.length)
    this.#buffer.set(value, this.#at)
    this.#at += value.length
  }

  #text(value: string, where: string): void {
    const length = utf8Length(value)
    const most = this.#bounds!.textBytes
    if (length > most) throw new WireError('too-large', where, `a text of ${length} bytes, at most ${most} are allowed`)
    this.#head(3, length)
    this.#room(length)
    if (length === value.length) {
      for (let index = 0; index < length; index++) this.#buffer[this.#at + index] = value.charCodeAt(index)
    } else {
      utf8.encodeInto(value, this.#buffer.subarray(this.#at))
    }
    this.#at += length
  }

  #enter(count: number, where: string, depth: number): void {
    const { depth: deepest, items } = this.#bounds!
    if (depth > deepest) throw new WireError('too-deep', where, `more than ${deepest} levels`)
    if (count > items) throw new WireError('too-large', where, `${count} entries, at most ${items} are allowed`)
  }

  #array(values: readonly unknown[], where: string, depth: number): void {
    this.#enter(values.length, where, depth)
    this.#head(4, values.length)
    for (let index = 0; index < values.length; index++) this.item(values[index], where, depth)
  }

  #entries(entries: readonly (readonly [string, unknown])[], where: string, depth: number): void {
    const present = entries.filter(([, value]) => value !== undefined)
    this.#enter(present.length, where, depth)
    this.#head(5, present.length)
    for (const [key, value] of present) {
      this.#text(key, where)
      this.item(value, where === '' ? key : `${where}.${key}`, depth)
    }
  }
}

/** One buffer for all: encoding never yields, and `taken` copies. */
const writer = new CborWriter()

/** Length of the text in UTF-8; a lone surrogate counts 3, as U+FFFD that it is written as. */
export function utf8Length(text: string): number {
  let length = text.length
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code < 0x80) continue
    if (code < 0x800) length += 1
    else if (code >= 0xd800 && code < 0xdc00 && isLowSurrogate(text.charCodeAt(index + 1))) {
      // A pair is two units and four bytes.
      length += 2
      index++
    } else length += 2
  }
  return length
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code < 0xe000
}
