/**
 * The codewords of a QR code (ISO/IEC 18004) that holds bytes, with the error correction of level M: a seventh of them may be unreadable.
 */

/** Per version from 1 on: correction codewords of a block, and blocks (ISO/IEC 18004, table 9, level M). */
const versions = [
  [10, 1],
  [16, 1],
  [26, 1],
  [18, 2],
  [24, 2],
  [16, 4],
  [18, 4],
  [22, 4],
  [22, 5],
  [26, 5],
  [30, 5],
  [22, 8],
  [22, 9],
  [24, 9],
  [24, 10],
] as const

export interface Codewords {
  /** Its side has 17 + 4 × version modules. */
  readonly version: number
  /** Data and correction, as they are drawn. */
  readonly bytes: Uint8Array
}

/** @returns null for a text of more than 412 bytes: it would be too fine to be read from a screen */
export function codewordsOf(text: string): Codewords | null {
  const content = new TextEncoder().encode(text)
  for (const [index, [correction, blocks]] of versions.entries()) {
    const version = index + 1
    const all = Math.floor(modulesOf(version) / 8)
    const room = all - correction * blocks
    const head = version < 10 ? 2 : 3
    if (content.length + head > room) continue
    return { version, bytes: woven(padded(content, room, version), correction, blocks, all) }
  }
  return null
}

/** Modules for codewords and remainder bits: all but those of patterns, format and version. */
function modulesOf(version: number): number {
  const side = 17 + 4 * version
  const aligned = version === 1 ? 0 : Math.floor(version / 7) + 2
  const finders = 3 * 64 + 2 * 15 + 1
  const timing = 2 * (side - 16)
  // Those that lie on a timing pattern share five modules with it.
  const alignment = aligned === 0 ? 0 : 25 * (aligned * aligned - 3) - 2 * 5 * (aligned - 2)
  return side * side - finders - timing - alignment - (version < 7 ? 0 : 36)
}

/** Mode 0100 (bytes), their count in 8 or 16 bits, the bytes, an end of four bits, and filling. */
function padded(content: Uint8Array, room: number, version: number): Uint8Array {
  const count = version < 10 ? [content.length] : [content.length >> 8, content.length & 255]
  // Everything is moved by half a byte: the mode has only four bits.
  const halves = [4, ...[...count, ...content].flatMap((byte) => [byte >> 4, byte & 15]), 0]
  const data = new Uint8Array(room)
  for (let at = 0; at < room; at++) {
    const [high, low] = [halves[2 * at], halves[2 * at + 1]]
    const filling = (at - halves.length / 2) % 2 === 0 ? 0xec : 0x11
    data[at] = high === undefined ? filling : (high << 4) | (low ?? 0)
  }
  return data
}

/** Blocks with their correction, codeword by codeword in turn; the last blocks have one byte of data more where it does not divide. */
function woven(data: Uint8Array, correction: number, blocks: number, all: number): Uint8Array {
  const short = Math.floor(data.length / blocks)
  const longer = data.length % blocks
  const parts: Uint8Array[] = []
  for (let block = 0, at = 0; block < blocks; block++) {
    const length = short + (block >= blocks - longer ? 1 : 0)
    parts.push(data.subarray(at, at + length))
    at += length
  }
  const corrections = parts.map((part) => remainder(part, generator(correction)))
  const out: number[] = []
  for (const group of [parts, corrections])
    for (let at = 0; at < Math.max(...group.map(({ length }) => length)); at++)
      for (const part of group) if (at < part.length) out.push(part[at]!)
  if (out.length !== all) throw new RangeError(`${out.length} codewords where there are ${all}`)
  return Uint8Array.from(out)
}

/** Product in the field of 256 elements by x^8 + x^4 + x^3 + x^2 + 1. */
function times(a: number, b: number): number {
  let product = 0
  for (let bit = 7; bit >= 0; bit--) {
    product = (product << 1) ^ (product >> 7 ? 0x11d : 0)
    if ((b >> bit) & 1) product ^= a
  }
  return product
}

/** Coefficients of (x − 1)(x − 2)(x − 4)…, without the leading one, the highest power first. */
function generator(degree: number): Uint8Array {
  const result = new Uint8Array(degree)
  result[degree - 1] = 1
  for (let count = 0, root = 1; count < degree; count++, root = times(root, 2))
    for (let at = 0; at < degree; at++) result[at] = times(result[at]!, root) ^ (result[at + 1] ?? 0)
  return result
}

/** Of the data, shifted by the generator's degree, divided by it (Reed–Solomon). */
function remainder(data: Uint8Array, by: Uint8Array): Uint8Array {
  const rest = new Uint8Array(by.length)
  for (const byte of data) {
    const factor = byte ^ rest[0]!
    rest.copyWithin(0, 1)
    rest[rest.length - 1] = 0
    for (const [at, coefficient] of by.entries()) rest[at] = rest[at]! ^ times(coefficient, factor)
  }
  return rest
}
