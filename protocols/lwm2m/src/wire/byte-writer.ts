const utf8 = new TextEncoder()

/** Writes bytes front to back into a buffer that grows. */
export class ByteWriter {
  #buffer: Uint8Array
  #at = 0

  constructor(room = 128) {
    this.#buffer = new Uint8Array(room)
  }

  get length(): number {
    return this.#at
  }

  byte(value: number): void {
    this.#room(1)
    this.#buffer[this.#at++] = value
  }

  /** Network byte order; `bytes` at most 6. */
  uint(value: number, bytes: number): void {
    this.#room(bytes)
    let left = value
    for (let at = this.#at + bytes - 1; at >= this.#at; at--) {
      this.#buffer[at] = left % 256
      left = Math.floor(left / 256)
    }
    this.#at += bytes
  }

  bytes(value: Uint8Array): void {
    this.#room(value.length)
    this.#buffer.set(value, this.#at)
    this.#at += value.length
  }

  text(value: string): void {
    this.bytes(utf8.encode(value))
  }

  /** A copy of what was written. */
  taken(): Uint8Array {
    return this.#buffer.slice(0, this.#at)
  }

  #room(bytes: number): void {
    if (this.#at + bytes <= this.#buffer.length) return
    const larger = new Uint8Array(Math.max(this.#at + bytes, this.#buffer.length * 2))
    larger.set(this.#buffer.subarray(0, this.#at))
    this.#buffer = larger
  }
}

/** @param bytes of all parts together */
export function joined(parts: readonly Uint8Array[], bytes: number): Uint8Array {
  const whole = new Uint8Array(bytes)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
