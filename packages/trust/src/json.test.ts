import { canonicalize } from '@tufjs/canonical-json'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalBytes, jsonBytes } from './json/canonical.ts'
import { parseJson } from './json/parse.ts'
import { codeOf } from './test/device.ts'
import type { Json } from './json/value.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const parse = (text: string): Json => parseJson(bytes(text), 'test', 10_000_000)
const canonical = (value: Json): string => new TextDecoder().decode(canonicalBytes(value))

const texts = fc.string({ unit: 'grapheme', maxLength: 20 })
const { value: values } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom(null, true, false),
    fc.maxSafeInteger().filter((number) => !Object.is(number, -0)),
    texts,
    fc.array(tie('value'), { maxLength: 5 }),
    fc
      .uniqueArray(fc.tuple(texts, tie('value')), { maxLength: 5, selector: ([key]) => key })
      .map((entries) => new Map(entries)),
  ),
}))

/** As plain values, for other programs. */
function plain(value: Json): unknown {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, entry]) => [key, plain(entry)]))
  return Array.isArray(value) ? value.map((entry: Json) => plain(entry)) : value
}

/** Whether sorting by UTF-16 units and by characters are the same for these keys. */
const sortsAlike = (value: Json): boolean => !/[\u{10000}-\u{10ffff}]/u.test(JSON.stringify(plain(value)))

describe('canonical JSON', () => {
  test('has sorted keys, no white space, and escapes only quotes and backslashes', () => {
    expect(canonical(parse('{ "b": [1, -2, null, true], "a": "\\"\\\\\\n\\u00fc\\/" }'))).toBe(
      '{"a":"\\"\\\\\nü/","b":[1,-2,null,true]}',
    )
  })

  test('is what @tufjs/canonical-json writes', () => {
    fc.assert(
      fc.property(values.filter(sortsAlike), (value) => void expect(canonical(value)).toBe(canonicalize(plain(value)))),
      { numRuns: 2_000 },
    )
  })

  test('sorts keys by character, as python-tuf does, also beyond the basic plane', () => {
    expect(canonical(parse('{"\\ud83d\\ude00":1,"\\uff5e":2,"z":3}'))).toBe('{"z":3,"～":2,"😀":1}')
  })

  test('JSON that is written is read as the same value', () => {
    fc.assert(
      fc.property(values, (value) => void expect(parseJson(jsonBytes(value), 'test', 1_000_000)).toEqual(value)),
      { numRuns: 5_000 },
    )
  })
})

describe('the parser', () => {
  test('reads what JSON.parse reads, where numbers are whole', () => {
    fc.assert(
      fc.property(values, (value) => {
        const text = JSON.stringify(plain(value), null, 2)
        expect(plain(parse(text))).toEqual(JSON.parse(text))
      }),
      { numRuns: 2_000 },
    )
  })

  test('takes no text that JSON.parse refuses', () => {
    const pieces = fc.constantFrom(...'{}[],:"\\ 0123456789-+.eEtrufalsn\n\t\u0000é/b')
    fc.assert(
      fc.asyncProperty(fc.string({ unit: pieces, maxLength: 12 }), async (text) => {
        let value: unknown
        const code = await codeOf(() => {
          value = plain(parse(text))
        })
        expect(['malformed', 'duplicate', null]).toContain(code)
        expect(value).toEqual(code === null ? JSON.parse(text) : undefined)
      }),
      { numRuns: 20_000 },
    )
  })

  test.each([
    ['nothing', '', 'malformed'],
    ['a number that is not whole', '1.5', 'malformed'],
    ['an exponent', '1e3', 'malformed'],
    ['minus zero', '-0', 'malformed'],
    ['a leading zero', '01', 'malformed'],
    ['a number beyond 2^53', '9007199254740992', 'malformed'],
    ['a key twice', '{"a":1,"a":1}', 'duplicate'],
    ['a key twice, once escaped', '{"a":1,"\\u0061":1}', 'duplicate'],
    ['half a surrogate pair', '"\\ud83d"', 'malformed'],
    ['a bare control character', '"a\nb"', 'malformed'],
    ['an unknown escape', '"\\x41"', 'malformed'],
    ['a text that is not closed', '"abc', 'malformed'],
    ['a text that ends in a backslash', '"abc\\', 'malformed'],
    ['a trailing comma', '[1,]', 'malformed'],
    ['a byte order mark', '\ufeff1', 'malformed'],
    ['two values', '1 2', 'malformed'],
    ['a word', 'nul', 'malformed'],
    ['deep lists', '['.repeat(100), 'too-deep'],
    ['deep objects', '{"a":'.repeat(100), 'too-deep'],
    ['many values', `[${'1,'.repeat(300_000)}1]`, 'too-many'],
  ])('refuses %s', async (_, text, code) => {
    expect(await codeOf(() => parse(text))).toBe(code)
  })

  test('refuses bytes that are not UTF-8, and more than the limit', async () => {
    expect(await codeOf(() => parseJson(new Uint8Array([0x22, 0xc3, 0x22]), 'test', 10))).toBe('malformed')
    expect(await codeOf(() => parseJson(new Uint8Array(11), 'test', 10))).toBe('too-large')
  })

  test('takes a key __proto__ as any other', () => {
    const value = parse('{"__proto__":{"x":1}}')
    expect(value).toEqual(new Map([['__proto__', new Map([['x', 1]])]]))
    expect(canonical(value)).toBe('{"__proto__":{"x":1}}')
  })

  test('reads a long text in time', () => {
    const text = `"${'a'.repeat(4_000_000)}"`
    expect(parse(text)).toHaveLength(4_000_000)
  })
})
