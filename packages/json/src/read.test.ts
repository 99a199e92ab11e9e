import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { tooDeepAt } from './depth.ts'
import { JsonError } from './errors.ts'
import { readJson, readJsonText } from './read.ts'
import type { Json } from './value.ts'

const bounds = { depth: 8, values: 1_000 }
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

function refusal(read: () => unknown): Pick<JsonError, 'fault' | 'at'> | null {
  try {
    read()
    return null
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    return { fault: error.fault, at: error.at }
  }
}

function plain(value: Json): unknown {
  if (value instanceof Map) return Object.fromEntries([...value].map(([name, entry]) => [name, plain(entry)]))
  return Array.isArray(value) ? value.map((entry: Json) => plain(entry)) : value
}

test('what JSON.parse reads is read as the same values', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), (text) => {
      expect(plain(readJsonText(text, { depth: 8, values: 100_000 }))).toEqual(JSON.parse(text))
    }),
  )
})

describe('a text is refused', () => {
  test.each([
    ['that is longer than it may be', () => readJson(bytesOf('"12345"'), 6, bounds), 'too-large', null],
    ['that is not UTF-8', () => readJson(Uint8Array.of(0x22, 0xff, 0x22), 6, bounds), 'not-utf8', null],
    ['that goes too deep', () => readJsonText('['.repeat(10), bounds), 'too-deep', 9],
    ['that has too many values', () => readJsonText(`[${'1,'.repeat(1_000)}1]`, bounds), 'too-many', 1_999],
    ['where it stops being JSON', () => readJsonText('{"ä":,}', bounds), 'malformed', 5],
    ['that ends too early', () => readJsonText('{"a"', bounds), 'malformed', 4],
    ['that goes on', () => readJsonText('1 2', bounds), 'malformed', 2],
  ] as const)('%s', (_, read, fault, at) => {
    expect(refusal(read)).toEqual({ fault, at })
  })
})

describe('only where reading is strict is refused', () => {
  test.each([
    ['a name twice', '{"a":1,"a":2}', 'duplicate'],
    ['a number that is not whole', '1.5', 'malformed'],
    ['half a surrogate pair', '"\\ud83d"', 'malformed'],
    ['a byte order mark', '\ufeff1', 'malformed'],
  ])('%s', (_, text, fault) => {
    expect(refusal(() => readJson(bytesOf(text), 100, bounds))).toBeNull()
    expect(refusal(() => readJson(bytesOf(text), 100, { ...bounds, strict: true }))?.fault).toBe(fault)
  })
})

test('of a name that comes twice the last one counts, and __proto__ is a name like any other', () => {
  expect(readJsonText('{"a":1,"__proto__":null,"a":2}', bounds)).toEqual(
    new Map<string, Json>([
      ['a', 2],
      ['__proto__', null],
    ]),
  )
})

test('the bracket that opens one level too many is found, those in texts do not count', () => {
  expect(tooDeepAt(bytesOf('[[["[[[\\"[["]]]'), 3)).toBeNull()
  expect(tooDeepAt(bytesOf('[{"a":[]}]'), 2)).toBe(6)
  expect(tooDeepAt(bytesOf('[[],[],[]]'), 2)).toBeNull()
})
