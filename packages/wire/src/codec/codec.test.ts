import { Decoder } from 'cbor-x/index-no-eval'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mutations } from '../../../../test/support/thoroughness.ts'
import { decodeDown, decodeUp, encode, limits } from '../index.ts'
import { refusalOf, wireErrorOf } from '../test/outcome.ts'
import { downSamples, upSamples } from '../test/samples.ts'
import { decodeCbor, messageBounds } from './cbor-decode.ts'
import { encodeCbor } from './cbor-encode.ts'
import type { CborValue } from './cbor-decode.ts'

function bytes(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

const { value } = fc.letrec<{ value: CborValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.string({ unit: 'grapheme' }),
    fc.uint8Array({ maxLength: 300 }),
    fc.array(tie('value'), { maxLength: 30 }),
    fc
      .uniqueArray(fc.tuple(fc.string({ unit: 'binary' }), tie('value')), { maxLength: 30, selector: ([key]) => key })
      .map((entries) => new Map(entries)),
  ),
}))

describe('CBOR', () => {
  test('what is encoded is decoded to the same', () => {
    fc.assert(
      fc.property(value, (item) => {
        expect(decodeCbor(encodeCbor(item, messageBounds), messageBounds)).toEqual(item)
      }),
      { numRuns: 500 },
    )
  })

  test('an independent decoder reads the same values', () => {
    const independent = new Decoder({ mapsAsObjects: false, useRecords: false, int64AsNumber: true } as object)
    fc.assert(
      fc.property(value, (item) => {
        const read: unknown = independent.decode(encodeCbor(item, messageBounds))
        expect(plain(read)).toEqual(plain(item))
      }),
      { numRuns: 500 },
    )
  })

  test.each([
    [0, '00'],
    [23, '17'],
    [24, '1818'],
    [256, '190100'],
    [65_536, '1a00010000'],
    [4_294_967_296, '1b0000000100000000'],
    [Number.MAX_SAFE_INTEGER, '1b001fffffffffffff'],
    [-1, '20'],
    [-500, '3901f3'],
    ['ü', '62c3bc'],
  ])('%s has the shortest form', (item, hex) => {
    expect(encodeCbor(item, messageBounds)).toEqual(bytes(hex))
  })

  test.each([
    ['nothing', '', 'malformed'],
    ['a second item', '0000', 'malformed'],
    ['an item cut short', '1a0001', 'malformed'],
    ['a text past the end', '6561', 'malformed'],
    ['a reserved head', '1c', 'malformed'],
    ['a text that is not UTF-8', '61ff', 'malformed'],
    ['a long text that is not UTF-8', `7820${'41'.repeat(31)}ff`, 'malformed'],
    ['a surrogate in a text', '63eda080', 'malformed'],
    ['an array of 2^32 entries', '9affffffff00', 'malformed'],
    ['a map of 2^53 entries', 'bb001fffffffffffff', 'malformed'],
    ['a map of more entries than bytes', 'a3616100', 'malformed'],
    ['a text of 2^64 bytes', '7bffffffffffffffff', 'not-allowed'],
    ['a bignum', 'c249010000000000000000', 'not-allowed'],
    ['a regular expression (tag 27)', 'd81b82665265674578702828', 'not-allowed'],
    ['a date', 'c11a514b67b0', 'not-allowed'],
    ['a float', 'fb3ff199999999999a', 'not-allowed'],
    ['undefined', 'f7', 'not-allowed'],
    ['an array without end', '9f0001ff', 'not-allowed'],
    ['a text in pieces', '7f616161 62ff'.replace(' ', ''), 'not-allowed'],
    ['a number above 2^53', '1b0020000000000000', 'not-allowed'],
    ['a key that is a number', 'a10000', 'not-allowed'],
    ['a key twice', 'a2616101616102', 'duplicate-key'],
    ['a key twice, once in a longer form', 'a261610178016102', 'duplicate-key'],
    ['9 levels', `${'81'.repeat(9)}00`, 'too-deep'],
    ['101 levels', `${'a16161'.repeat(101)}00`, 'too-deep'],
    ['200,000 levels', '81'.repeat(200_000), 'too-deep'],
    ['a text of 4,097 bytes', `791001${'61'.repeat(4097)}`, 'too-large'],
    ['an array of 4,097', `991001${'00'.repeat(4097)}`, 'too-large'],
    ['16,385 values', `85${`990fff${'00'.repeat(4095)}`.repeat(4)}00`, 'too-large'],
    ['a message of 262,145 bytes', '00'.repeat(limits.messageBytes + 1), 'too-large'],
  ])('%s is refused', (_, hex, code) => {
    expect(refusalOf(() => decodeCbor(bytes(hex), messageBounds)).code).toBe(code)
  })

  test('8 levels are allowed', () => {
    expect(() => decodeCbor(bytes(`${'81'.repeat(8)}00`), messageBounds)).not.toThrow()
  })

  test('numbers that are not whole and texts beyond the limit are not encoded', () => {
    const hello = { id: 'a', t: 'hello', versions: [1.5], agent: 'x', boot: 'b' } as const
    expect(refusalOf(() => encode(hello))).toMatchObject({ code: 'bad-field', where: 'versions' })
    const detail = 'x'.repeat(limits.textBytes + 1)
    const decline = { id: 'a', t: 'decline', delivery: 'd', reason: 'busy', detail } as const
    expect(refusalOf(() => encode(decline))).toMatchObject({ code: 'too-large', where: 'detail' })
  })
})

/** Node's Buffer and Uint8Array alike. */
function plain(item: unknown): unknown {
  if (item instanceof Uint8Array) return [...item]
  if (Array.isArray(item)) return item.map(plain)
  if (item instanceof Map) return new Map([...item].map(([key, entry]) => [key, plain(entry)]))
  return item
}

describe('messages', () => {
  const encoded = [...upSamples, ...downSamples].map(encode)

  test('5,000 random mutations are a message or a WireError, never anything else', () => {
    const mutation = fc.record({
      sample: fc.nat(encoded.length - 1),
      edits: fc.array(fc.record({ at: fc.nat(400), byte: fc.nat(255), kind: fc.nat(2) }), {
        minLength: 1,
        maxLength: 6,
      }),
    })
    const run = () =>
      fc.assert(
        fc.property(mutation, ({ sample, edits }) => {
          let changed = [...encoded[sample]!]
          for (const { at, byte, kind } of edits) {
            const index = at % changed.length
            if (kind === 0) changed[index] = byte
            else if (kind === 1) changed.splice(index, 0, byte)
            else changed = changed.slice(0, index + 1)
          }
          for (const decode of [decodeUp, decodeDown]) wireErrorOf(() => decode(Uint8Array.from(changed)))
        }),
        { numRuns: mutations },
      )
    expect(run).not.toThrow()
  })

  function raw(entries: Record<string, CborValue>): Uint8Array {
    return encodeCbor(entries, messageBounds)
  }

  test('an unknown type is named and carries the id, so that it can be acknowledged', () => {
    const error = refusalOf(() => decodeUp(raw({ id: 'k-1', t: 'teleport' })))
    expect(error).toMatchObject({ code: 'unknown-type', where: 't', messageId: 'k-1' })
  })

  test('a message of the other direction is an unknown type', () => {
    expect(refusalOf(() => decodeDown(encode(upSamples[0]!))).code).toBe('unknown-type')
  })

  test('a wrong field is named by its whole path', () => {
    const outcome = { id: 'k-1', t: 'outcome', delivery: 'd', result: 'installed', health: new Map([['ok', true]]) }
    const error = refusalOf(() => decodeUp(raw({ ...outcome, digests: [new Uint8Array(32), new Uint8Array(31)] })))
    expect(error).toMatchObject({ code: 'bad-field', where: 'digests.1', messageId: 'k-1' })
    expect(error.message).toBe('bad-field at digests.1: expected a SHA-256 digest of 32 bytes')
  })

  test('a message without a readable id carries none', () => {
    const error = refusalOf(() => decodeUp(raw({ id: 7, t: 'ping' })))
    expect(error).toMatchObject({ code: 'bad-field', where: 'id', messageId: undefined })
  })

  test('unknown keys are ignored, also those that name properties of objects', () => {
    const message = decodeUp(raw({ ['__proto__']: 1, id: 'k-1', t: 'ping', constructor: [1], later: 'x' }))
    expect(message).toEqual({ id: 'k-1', t: 'ping' })
  })

  test('a runtime called __proto__ is a runtime like any other', () => {
    const capabilities = upSamples.find((sample) => sample.t === 'capabilities')!
    const changed = encodeCbor({ ...capabilities, runtimes: new Map([['__proto__', '1']]) }, messageBounds)
    const message = decodeUp(changed)
    expect(message.t === 'capabilities' && Object.entries(message.runtimes)).toEqual([['__proto__', '1']])
  })

  test('digests do not keep the bytes they were read from', () => {
    const source = encode(upSamples.find((sample) => sample.t === 'outcome')!)
    const message = decodeUp(source)
    expect(message.t === 'outcome' && message.digests[0]?.buffer).not.toBe(source.buffer)
  })
})
