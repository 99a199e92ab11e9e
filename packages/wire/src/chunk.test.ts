import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mutated, random, seed } from '../../../test/attacks/mutations.ts'
import { mutations } from '../../../test/support/thoroughness.ts'
import { decodeChunk, encodeChunk, isChunk } from './chunk.ts'
import { encode } from './codec/index.ts'
import { WireError } from './errors.ts'
import { limits } from './limits.ts'
import { downSamples } from './test/samples.ts'

const whole = fc.integer({ min: 0, max: 2 ** 48 - 2_000_000 })
const chunks = fc
  .record({
    re: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((id) => Buffer.byteLength(id) <= 64),
    status: fc.constantFrom(200, 403, 404, 416, 429, 503),
    from: whole,
    bytes: fc.uint8Array({ maxLength: 300 }),
    more: fc.nat(1_000_000),
  })
  .map(({ more, ...chunk }) => ({ ...chunk, total: chunk.from + chunk.bytes.length + more }))

describe('chunks', () => {
  test('come out as they went in', () => {
    fc.assert(
      fc.property(chunks, (chunk) => {
        const read = decodeChunk(encodeChunk(chunk))
        expect({ ...read, bytes: [...read.bytes] }).toEqual({ ...chunk, re: read.re, bytes: [...chunk.bytes] })
        expect(Buffer.from(read.re)).toEqual(Buffer.from(chunk.re))
      }),
    )
  })

  test('are told from messages by one look', () => {
    const chunk = encodeChunk({ re: 'a', status: 200, from: 0, total: 0, bytes: new Uint8Array(0) })
    expect([isChunk(chunk), isChunk(new Uint8Array(0))]).toEqual([true, false])
    expect(downSamples.map((message) => isChunk(encode(message)))).not.toContain(true)
  })

  test.each([
    ['an id that is empty', { re: '' }, 'bad-field'],
    ['a long id', { re: 'x'.repeat(65) }, 'bad-field'],
    ['half a number', { from: 0.5 }, 'bad-field'],
    ['a number beyond 48 bits', { total: 2 ** 48 }, 'bad-field'],
    ['too many bytes', { bytes: new Uint8Array(limits.chunkBytes + 1) }, 'too-large'],
  ])('with %s are not made', (_what, wrong, code) => {
    const chunk = { re: 'a', status: 200, from: 0, total: 9, bytes: new Uint8Array(1), ...wrong }
    expect(() => encodeChunk(chunk)).toThrow(expect.objectContaining({ code }))
  })

  test.each([
    ['another first byte', [2, 1, 97], 'malformed at 0'],
    ['no id', [1, 0], 'malformed at 1'],
    ['half a head', [1, 1, 97, 0, 200, 0], 'malformed at 6'],
    ['an id that is no UTF-8', [1, 1, 255, ...Array<number>(14).fill(0)], 'malformed at 2'],
    ['more bytes than the whole has', [1, 1, 97, 0, 200, ...Array<number>(12).fill(0), 7], 'malformed at 11'],
  ])('with %s are refused where they are wrong', (_what, bytes, says) => {
    expect(() => decodeChunk(Uint8Array.from(bytes))).toThrow(says)
  })

  test('mutated at random are a chunk or a WireError, never anything else', () => {
    const below = random(seed)
    const sample = encodeChunk({ re: 'k3-7', status: 200, from: 65_536, total: 70_000, bytes: new Uint8Array(40) })
    let refused = 0
    for (let turn = 0; turn < mutations; turn++) {
      try {
        decodeChunk(mutated(sample, below))
      } catch (error) {
        if (!(error instanceof WireError)) throw new Error(`mutation ${turn} of seed ${seed}`, { cause: error })
        refused++
      }
    }
    expect(refused).toBeGreaterThan(mutations / 10)
  })
})
