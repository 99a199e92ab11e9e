import { mutations, seed as seedOfRun } from '../../../../test/support/thoroughness.ts'
import { Lwm2mWireError } from '../errors.ts'

/** Mulberry32: the same seed gives the same mutations on every machine. */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** One to four changes: a bit flipped, a byte set to an edge value, bytes cut, doubled, or put in. */
export function mutated(sample: Uint8Array, random: () => number): Uint8Array {
  let bytes = [...sample]
  for (let left = 1 + Math.floor(random() * 4); left > 0; left--) {
    const at = Math.floor(random() * (bytes.length + 1))
    const byte = Math.floor(random() * 256)
    const change = Math.floor(random() * 6)
    if (change === 0 && at < bytes.length) bytes[at]! ^= 1 << Math.floor(random() * 8)
    else if (change === 1) bytes[at] = [0, 0x7f, 0x80, 0xff, 0x1b, 0x5b, 0x9f][byte % 7]!
    else if (change === 2) bytes = bytes.slice(0, at)
    else if (change === 3) bytes.splice(at, 0, ...bytes.slice(at, at + (byte % 16)))
    else if (change === 4) bytes.splice(at, 1 + (byte % 4))
    else bytes.splice(at, 0, byte)
  }
  return Uint8Array.from(bytes)
}

/**
 * Feeds mutations of the samples to a parser. @returns what was wrong: anything thrown but an error that names clause and
 * offset within the input
 */
export function fuzz(samples: readonly Uint8Array[], parse: (bytes: Uint8Array) => unknown, seed = 0): string[] {
  const random = seeded(seedOfRun + seed)
  const wrong: string[] = []
  for (let round = 0; round < mutations && wrong.length < 5; round++) {
    const bytes = mutated(samples[round % samples.length]!, random)
    try {
      parse(bytes)
    } catch (error) {
      const typed = error instanceof Lwm2mWireError && /^(RFC|OMA) /.test(error.clause) && error.offset <= bytes.length
      if (!typed) wrong.push(`${Buffer.from(bytes).toString('hex')}: ${String(error)}`)
    }
  }
  return wrong
}
