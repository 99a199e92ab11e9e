const utf8 = new TextEncoder()
/** What was grown for one large message is not kept. */
const keptBytes = 65_536

/** Writes protocol buffers (proto3 wire format) into bytes that grow. */
export class Writer {
  #bytes = new Uint8Array(4096)
  #at = 0

  /** Begins a message, in the memory of the one before. */
  start(): void {
    this.#at = 0
    if (this.#bytes.length > keptBytes) this.#bytes = new Uint8Array(4096)
  }

  /** What was written, in bytes of its own. */
  finish(): Uint8Array {
    return Buffer.from(this.#bytes.subarray(0, this.#at))
  }

  /** An unsigned number of at most 32 bits. */
  uint32(value: number): void {
    this.#room(5)
    let rest = value
    while (rest > 127) {
      this.#bytes[this.#at++] = (rest & 127) | 128
      rest >>>= 7
    }
    this.#bytes[this.#at++] = rest
  }

  uint64(value: bigint): void {
    this.#room(10)
    let rest = BigInt.asUintN(64, value)
    while (rest > 127n) {
      this.#bytes[this.#at++] = Number(rest & 127n) | 128
      rest >>= 7n
    }
    this.#bytes[this.#at++] = Number(rest)
  }

  fixed32(value: number): void {
    this.#room(4)
    for (let shift = 0; shift < 32; shift += 8) this.#bytes[this.#at++] = (value >>> shift) & 255
  }

  raw(value: Uint8Array): void {
    this.uint32(value.length)
    this.#room(value.length)
    this.#bytes.set(value, this.#at)
    this.#at += value.length
  }

  text(value: string): void {
    // A UTF-16 code unit becomes three bytes of UTF-8 at most.
    this.#room(5 + value.length * 3)
    const start = this.#at
    const { length } = value
    if (length < 128) {
      const ascii = this.#ascii(value, start + 1)
      if (ascii) {
        this.#bytes[start] = length
        this.#at = start + 1 + length
        return
      }
    }
    const mark = this.begin()
    this.#at += utf8.encodeInto(value, this.#bytes.subarray(this.#at)).written
    this.end(mark)
  }

  #ascii(value: string, from: number): boolean {
    const bytes = this.#bytes
    for (let index = 0; index < value.length; index++) {
      const code = value.charCodeAt(index)
      if (code > 127) return false
      bytes[from + index] = code
    }
    return true
  }

  /** Begins a length-delimited value; its length is written by `end`. */
  begin(): number {
    this.#room(1)
    return this.#at++
  }

  /** One byte was left for the length: what follows is moved when it needs more. */
  end(mark: number): void {
    const length = this.#at - mark - 1
    const extra = length < 128 ? 0 : length < 16_384 ? 1 : length < 2_097_152 ? 2 : 3
    if (extra > 0) {
      this.#room(extra)
      this.#bytes.copyWithin(mark + 1 + extra, mark + 1, this.#at)
    }
    const to = this.#at + extra
    this.#at = mark
    this.uint32(length)
    this.#at = to
  }

  #room(bytes: number): void {
    if (this.#at + bytes <= this.#bytes.length) return
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#at + bytes))
    grown.set(this.#bytes)
    this.#bytes = grown
  }
}
