import { expect } from 'vitest'

/** Read again by another way than it was made: what a scanner does after it has found the modules. */
export function scanned(modules: readonly (readonly boolean[])[]): { text: string; level: number } {
  const side = modules.length
  const version = (side - 17) / 4
  const at = (y: number, x: number): number => (modules[y]![x] ? 1 : 0)
  let format = 0
  for (let bit = 14; bit >= 0; bit--)
    format = (format << 1) | (bit < 8 ? at(bit < 6 ? bit : bit + 1, 8) : at(8, bit === 8 ? 7 : 14 - bit))
  const { level, mask } = readFormat(format)
  const bits: number[] = []
  for (const [y, x] of dataModules(side, version)) bits.push(at(y, x) ^ (inverted(mask, y, x) ? 1 : 0))
  const bytes = Array.from({ length: Math.floor(bits.length / 8) }, (_, index) =>
    bits.slice(index * 8, index * 8 + 8).reduce((value, bit) => value * 2 + bit, 0),
  )
  return { text: textOf(blocksOf(bytes, version), version), level }
}

/** Every format that there is has one word: the nearest is meant (ISO/IEC 18004, table C.1; three of its words). */
function readFormat(format: number): { level: number; mask: number } {
  const data = (format ^ 0b101010000010010) >> 10
  const known: Record<number, number> = { 0: 0b101010000010010, 1: 0b101000100100101, 5: 0b100000011001110 }
  if (known[data] !== undefined) expect(format).toBe(known[data])
  return { level: data >> 3, mask: data & 7 }
}

function inverted(mask: number, i: number, j: number): boolean {
  const product = (i * j) % 2
  const third = (i * j) % 3
  return (
    [
      (i + j) % 2,
      i % 2,
      j % 3,
      (i + j) % 3,
      ((i >> 1) + Math.trunc(j / 3)) % 2,
      product + third,
      (product + third) % 2,
      (((i + j) % 2) + third) % 2,
    ][mask] === 0
  )
}

/** Centres of alignment patterns, of some versions (annex E). */
const centres: Record<number, number[]> = {
  1: [],
  2: [6, 18],
  5: [6, 30],
  7: [6, 22, 38],
  8: [6, 24, 42],
  9: [6, 26, 46],
  10: [6, 28, 50],
  14: [6, 26, 46, 66],
  15: [6, 26, 48, 70],
}

function dataModules(side: number, version: number): [number, number][] {
  const places = centres[version]!
  const isFunction = (y: number, x: number): boolean => {
    if (x === 6 || y === 6) return true
    if ((x < 9 && y < 9) || (x < 9 && y >= side - 8) || (x >= side - 8 && y < 9)) return true
    if (version >= 7 && ((y < 6 && x >= side - 11) || (x < 6 && y >= side - 11))) return true
    return places.some((cy) =>
      places.some((cx) => {
        const corner = (cy === 6 && cx === 6) || (cy === 6 && cx === side - 7) || (cx === 6 && cy === side - 7)
        return !corner && Math.abs(cy - y) <= 2 && Math.abs(cx - x) <= 2
      }),
    )
  }
  const columns = Array.from({ length: side }, (_, index) => index).filter((index) => index !== 6)
  const found: [number, number][] = []
  for (let pair = 0; pair < columns.length / 2; pair++) {
    const [left, right] = columns.slice(columns.length - 2 * pair - 2, columns.length - 2 * pair) as [number, number]
    const rows = Array.from({ length: side }, (_, index) => (pair % 2 === 0 ? side - 1 - index : index))
    for (const y of rows) for (const x of [right, left]) if (!isFunction(y, x)) found.push([y, x])
  }
  return found
}

/** Data and correction codewords of the blocks of level M (table 9). */
const blocks: Record<number, { data: number[]; correction: number }> = {
  1: { data: [16], correction: 10 },
  2: { data: [28], correction: 16 },
  5: { data: [43, 43], correction: 24 },
  7: { data: [31, 31, 31, 31], correction: 18 },
  8: { data: [38, 38, 39, 39], correction: 22 },
  9: { data: [36, 36, 36, 37, 37], correction: 22 },
  10: { data: [43, 43, 43, 43, 44], correction: 26 },
  14: { data: [40, 40, 40, 40, 41, 41, 41, 41, 41], correction: 24 },
  15: { data: [41, 41, 41, 41, 41, 42, 42, 42, 42, 42], correction: 24 },
}

function blocksOf(bytes: number[], version: number): number[] {
  const { data, correction } = blocks[version]!
  const parts = data.map((): number[] => [])
  const longest = Math.max(...data)
  let next = 0
  for (let at = 0; at < longest; at++)
    for (const [index, length] of data.entries()) if (at < length) parts[index]!.push(bytes[next++]!)
  for (let at = 0; at < correction; at++) for (const part of parts) part.push(bytes[next++]!)
  expect(next).toBe(bytes.length)
  for (const part of parts) expect(syndromes(part, correction)).toEqual(Array.from({ length: correction }, () => 0))
  return parts.flatMap((part, index) => part.slice(0, data[index]))
}

/** All zero when nothing is wrong: the block's value at the powers of the field's generator. */
function syndromes(block: number[], count: number): number[] {
  const exp: number[] = [1]
  for (let at = 1; at < 255; at++) exp.push((exp[at - 1]! << 1) ^ (exp[at - 1]! & 128 ? 0x11d : 0))
  const log = new Map(exp.map((value, power) => [value, power]))
  const multiply = (a: number, b: number): number => (a && b ? exp[(log.get(a)! + log.get(b)!) % 255]! : 0)
  return Array.from({ length: count }, (_, power) =>
    block.reduce((value, byte) => multiply(value, exp[power]!) ^ byte, 0),
  )
}

function textOf(data: number[], version: number): string {
  const bits = data.map((byte) => byte.toString(2).padStart(8, '0')).join('')
  expect(bits.slice(0, 4)).toBe('0100')
  const counted = version < 10 ? 8 : 16
  const count = Number.parseInt(bits.slice(4, 4 + counted), 2)
  const start = 4 + counted
  const bytes = Array.from({ length: count }, (_, at) =>
    Number.parseInt(bits.slice(start + at * 8, start + at * 8 + 8), 2),
  )
  return new TextDecoder().decode(Uint8Array.from(bytes))
}
