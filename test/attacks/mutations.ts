export { seed } from '../support/thoroughness.ts'

/** xorshift32 */
export function random(state: number): (below: number) => number {
  let x = state | 1
  return (below) => {
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    return (x >>> 0) % below
  }
}

/** Bytes flipped, cut, doubled, put in and exchanged, a few times. */
export function mutated(sample: Uint8Array, below: (n: number) => number): Uint8Array {
  let bytes = [...sample]
  for (let turn = 0, turns = 1 + below(6); turn < turns; turn++) {
    const at = below(Math.max(1, bytes.length))
    const kind = below(6)
    if (kind === 0) bytes[at] = below(256)
    else if (kind === 1) bytes[at] = (bytes[at] ?? 0) ^ (1 << below(8))
    else if (kind === 2) bytes.splice(at, 1 + below(8))
    else if (kind === 3) bytes.splice(at, 0, ...Array.from({ length: 1 + below(8) }, () => below(256)))
    else if (kind === 4) bytes = bytes.slice(0, at)
    else bytes.splice(at, 0, ...bytes.slice(below(bytes.length + 1), below(bytes.length + 1)))
  }
  return Uint8Array.from(bytes.slice(0, 100_000))
}
