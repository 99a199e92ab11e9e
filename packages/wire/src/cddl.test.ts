import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { decodeCbor, messageBounds } from './codec/cbor-decode.ts'
import { encodeCbor } from './codec/cbor-encode.ts'
import { downReaders, upReaders } from './codec/messages.ts'
import { decodeDown, decodeUp, encode } from './index.ts'
import { parseCddl } from './test/cddl.ts'
import { wireErrorOf } from './test/outcome.ts'
import { downSamples, upSamples } from './test/samples.ts'
import type { CborMap, CborValue } from './codec/cbor-decode.ts'
import type { Message } from './index.ts'

const matches = parseCddl(readFileSync(new URL('../sutler.cddl', import.meta.url), 'utf8'))

const directions = [
  { rule: 'up', samples: upSamples as readonly Message[], decode: decodeUp, readers: upReaders },
  { rule: 'down', samples: downSamples as readonly Message[], decode: decodeDown, readers: downReaders },
]

const named = directions.flatMap(({ rule, samples, decode }) =>
  samples.map((sample) => ({ rule, t: sample.t, sample, decode })),
)

function decoded(message: Message): CborMap {
  return decodeCbor(encode(message), messageBounds) as CborMap
}

/** Values at and beyond the edges of every type of the CDDL. */
const replacements: readonly CborValue[] = [
  null,
  true,
  -1,
  0,
  1,
  4096,
  4097,
  4_194_304,
  4_194_305,
  Number.MAX_SAFE_INTEGER,
  '',
  'a',
  'x'.repeat(64),
  'é'.repeat(33),
  'x'.repeat(4096),
  new Uint8Array(31),
  new Uint8Array(32),
  [],
  ['a'],
  [1],
  [null, new Uint8Array(32)],
  Array.from({ length: 17 }, () => 1),
  Array.from({ length: 1025 }, () => 1),
  Array.from({ length: 257 }, () => 'a'),
  new Map(),
  new Map([['a', 'b']]),
  new Map([['a', 1]]),
  new Map(Array.from({ length: 257 }, (_, index) => [`k${index}`, 'v'])),
]

/** Every message that differs from the given one in one entry, at any level: dropped, added or replaced. */
function* variants(value: CborValue): Generator<CborValue> {
  if (value instanceof Map) {
    yield new Map([...value, ['unknown-key', 7]])
    for (const [key, entry] of value) {
      yield new Map([...value].filter(([other]) => other !== key))
      for (const next of [...replacements, ...variants(entry)]) yield new Map([...value, [key, next]])
    }
  } else if (Array.isArray(value)) {
    for (const [index, entry] of value.entries()) {
      for (const next of [...replacements, ...variants(entry)]) yield value.with(index, next)
    }
  }
}

describe('sutler.cddl', () => {
  test.each(named)('describes $rule $t', ({ rule, sample, decode }) => {
    expect(matches(rule, decoded(sample))).toBe(true)
    expect(matches(sample.t, decoded(sample))).toBe(true)
    expect(decode(encode(sample))).toEqual(sample)
  })

  test.each(named)('accepts and refuses the same variants of $rule $t as the decoder', ({ rule, sample, decode }) => {
    for (const variant of variants(decoded(sample))) {
      const described = matches(rule, variant)
      const bytes = encodeCbor(variant, messageBounds)
      const accepted = wireErrorOf(() => decode(bytes)) === null
      expect({ variant, accepted }).toEqual({ variant, accepted: described })
    }
  })

  test.each(directions)('has a sample of every message that goes $rule', ({ samples, readers }) => {
    expect(new Set(samples.map((sample) => sample.t))).toEqual(new Set(readers.keys()))
  })
})
