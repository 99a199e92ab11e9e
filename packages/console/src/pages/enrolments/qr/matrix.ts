import { codewordsOf } from './codewords.ts'

/** Rows of modules; true = dark. */
export type Modules = readonly (readonly boolean[])[]

/** A QR code (ISO/IEC 18004) of a text. @returns null when it is longer than 412 bytes */
export function qrCode(text: string): Modules | null {
  const codewords = codewordsOf(text)
  if (codewords === null) return null
  const drawn = masks.map((mask, number) => draw(codewords.version, codewords.bytes, mask, number))
  return drawn.reduce((best, other) => (penalty(other) < penalty(best) ? other : best))
}

/** Where a mask turns a module over, by row and column (table 10). */
const masks: readonly ((y: number, x: number) => boolean)[] = [
  (y, x) => (y + x) % 2 === 0,
  (y) => y % 2 === 0,
  (_, x) => x % 3 === 0,
  (y, x) => (y + x) % 3 === 0,
  (y, x) => (Math.floor(y / 2) + Math.floor(x / 3)) % 2 === 0,
  (y, x) => ((y * x) % 2) + ((y * x) % 3) === 0,
  (y, x) => (((y * x) % 2) + ((y * x) % 3)) % 2 === 0,
  (y, x) => (((y + x) % 2) + ((y * x) % 3)) % 2 === 0,
]

/** What stands whatever the content is; null = free for codewords. */
type Grid = (boolean | null)[][]

function draw(
  version: number,
  bytes: Uint8Array,
  mask: (y: number, x: number) => boolean,
  number: number,
): boolean[][] {
  const side = 17 + 4 * version
  const grid: Grid = Array.from({ length: side }, () => Array.from({ length: side }, () => null))
  drawPatterns(grid, version)
  drawFormat(grid, number)
  if (version >= 7) drawVersion(grid, version)
  let bit = 0
  for (const [y, x] of path(side)) {
    if (grid[y]![x] !== null) continue
    // Bits that remain behind the last codeword are light.
    const dark = ((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1
    grid[y]![x] = (dark === 1) !== mask(y, x)
    bit++
  }
  return grid as boolean[][]
}

/** Two columns at a time from the right, up and down in turn; the timing column is left out. */
function* path(side: number): Generator<readonly [number, number]> {
  let up = true
  for (let right = side - 1; right > 0; right -= 2, up = !up) {
    if (right === 6) right--
    for (let step = 0; step < side; step++) {
      const y = up ? side - 1 - step : step
      yield [y, right]
      yield [y, right - 1]
    }
  }
}

function drawPatterns(grid: Grid, version: number): void {
  const side = grid.length
  for (let at = 0; at < side; at++) grid[6]![at] = grid[at]![6] = at % 2 === 0
  for (const [cy, cx] of [
    [3, 3],
    [3, side - 4],
    [side - 4, 3],
  ] as const)
    rings(grid, cy, cx, 4, [true, true, false, true, false])
  const centres = alignmentCentres(version, side)
  for (const cy of centres)
    for (const cx of centres)
      if (!((cy === 6 && (cx === 6 || cx === side - 7)) || (cx === 6 && cy === side - 7)))
        rings(grid, cy, cx, 2, [true, false, true])
}

/** Squares around a centre, cut at the edge. @param dark by distance from the centre; a finder's separator is its last */
function rings(grid: Grid, cy: number, cx: number, most: number, dark: readonly boolean[]): void {
  for (let y = cy - most; y <= cy + most; y++)
    for (let x = cx - most; x <= cx + most; x++)
      if (grid[y]?.[x] !== undefined) grid[y]![x] = dark[Math.max(Math.abs(y - cy), Math.abs(x - cx))]!
}

/** Equally far apart from the last one on, which is seven from the edge; the first is on the timing pattern (annex E). */
function alignmentCentres(version: number, side: number): number[] {
  if (version === 1) return []
  const count = Math.floor(version / 7) + 2
  const step = 2 * Math.ceil((version * 4 + 4) / (2 * count - 2))
  return [6, ...Array.from({ length: count - 1 }, (_, at) => side - 7 - step * (count - 2 - at))]
}

/** Level M (00) and the mask, with their correction, twice (7.9). */
function drawFormat(grid: Grid, mask: number): void {
  const side = grid.length
  const bits = ((mask << 10) | divided(mask << 10, 0x537, 10)) ^ 0x5412
  for (let at = 0; at < 15; at++) {
    const dark = ((bits >> at) & 1) === 1
    // Around the upper left finder, past the timing pattern…
    if (at < 8) grid[at < 6 ? at : at + 1]![8] = dark
    else grid[8]![at === 8 ? 7 : 14 - at] = dark
    // …and beside the other two.
    if (at < 8) grid[8]![side - 1 - at] = dark
    else grid[side - 15 + at]![8] = dark
  }
  grid[side - 8]![8] = true
}

/** The version with its correction, twice (7.10). */
function drawVersion(grid: Grid, version: number): void {
  const bits = (version << 12) | divided(version << 12, 0x1f25, 12)
  for (let at = 0; at < 18; at++) {
    const [far, near] = [grid.length - 11 + (at % 3), Math.floor(at / 3)]
    grid[far]![near] = grid[near]![far] = ((bits >> at) & 1) === 1
  }
}

/** Remainder of a binary polynomial. */
function divided(value: number, by: number, degree: number): number {
  let rest = value
  for (let bit = 31 - Math.clz32(rest); rest !== 0 && bit >= degree; bit = 31 - Math.clz32(rest))
    rest ^= by << (bit - degree)
  return rest
}

/** What makes a code hard to read (7.8.3): runs, blocks, what looks like a finder, too much of one colour. */
function penalty(modules: Modules): number {
  const side = modules.length
  const columns = modules.map((_, x) => modules.map((row) => row[x]!))
  const lines = [...modules, ...columns].map((line) => line.map((dark) => (dark ? '1' : '0')).join(''))
  let sum = 0
  for (const line of lines) {
    for (const [run] of line.matchAll(/0{5,}|1{5,}/g)) sum += run.length - 2
    for (const _ of line.matchAll(/(?=10111010000|00001011101)/g)) sum += 40
  }
  for (let y = 1; y < side; y++)
    for (let x = 1; x < side; x++) {
      const [a, b, c, d] = [modules[y]![x], modules[y]![x - 1], modules[y - 1]![x], modules[y - 1]![x - 1]]
      if (a === b && a === c && a === d) sum += 3
    }
  const dark = modules.flat().filter(Boolean).length
  return sum + 10 * Math.floor(Math.abs((dark * 20) / (side * side) - 10))
}
