import { UspError } from '../errors.ts'
import { limits } from './limits.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Node's own reading of a byte as a character: for ASCII three times as fast as joining codes, and as a TextDecoder. */
interface AsciiReader {
  latin1Slice(start: number, end: number): string
}

/** Reads protocol buffers (proto3 wire format). Never past `end`, never more than `limits.fields` values. */
export class Reader {
  at = 0
  readonly bytes: Uint8Array
  readonly #ascii: AsciiReader
  #values = 0

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
    this.#ascii = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length) as unknown as AsciiReader
  }

  fail(detail: string, at = this.at, clause = 'protobuf'): never {
    throw new UspError(7100, clause, at, detail)
  }

  /** Counts one more value that is kept. */
  keep(): void {
    if (++this.#values > limits.fields) this.fail(`more than ${limits.fields} values`)
  }

  /** A varint of which only the low 32 bits count, unsigned. */
  uint32(end: number): number {
    const { bytes } = this
    const first = this.at < end ? bytes[this.at]! : 128
    if (first < 128) {
      this.at++
      return first
    }
    const start = this.at
    let value = 0
    for (let shift = 0; shift < 70; shift += 7) {
      if (this.at >= end) this.fail('the bytes end inside a number', start)
      const byte = bytes[this.at++]!
      if (shift < 32) value |= (byte & 127) << shift
      if (byte < 128) return value >>> 0
    }
    return this.fail('a number of more than ten bytes', start)
  }

  uint64(end: number): bigint {
    const start = this.at
    let value = 0n
    for (let shift = 0n; shift < 70n; shift += 7n) {
      if (this.at >= end) this.fail('the bytes end inside a number', start)
      const byte = this.bytes[this.at++]!
      value |= BigInt(byte & 127) << shift
      if (byte < 128) return BigInt.asUintN(64, value)
    }
    return this.fail('a number of more than ten bytes', start)
  }

  fixed32(end: number): number {
    const { bytes, at } = this
    if (at + 4 > end) this.fail('the bytes end inside a fixed32')
    this.at = at + 4
    return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0
  }

  /** Where a length-delimited value ends. */
  length(end: number): number {
    const start = this.at
    const length = this.uint32(end)
    if (length > end - this.at) this.fail(`a length of ${length} bytes where ${end - this.at} are left`, start)
    return this.at + length
  }

  /** A view into the bytes. */
  raw(end: number): Uint8Array {
    const to = this.length(end)
    const value = this.bytes.subarray(this.at, to)
    this.at = to
    return value
  }

  text(end: number): string {
    const to = this.length(end)
    const start = this.at
    this.at = to
    const { bytes } = this
    for (let at = start; at < to; at++) if (bytes[at]! > 127) return this.#beyondAscii(start, to)
    return this.#ascii.latin1Slice(start, to)
  }

  #beyondAscii(start: number, to: number): string {
    try {
      return utf8.decode(this.bytes.subarray(start, to))
    } catch {
      return this.fail('a text that is not UTF-8', start)
    }
  }

  /** Passes over a value of an unknown field: a later version of the standard may know it. */
  skip(wireType: number, end: number): void {
    if (wireType === 0) this.uint32(end)
    else if (wireType === 2) this.at = this.length(end)
    else if (wireType === 5 || wireType === 1) {
      const size = wireType === 5 ? 4 : 8
      if (size > end - this.at) this.fail(`the bytes end inside a value of ${size} bytes`)
      this.at += size
    } else this.fail(`wire type ${wireType}, which proto3 does not have`)
  }
}
