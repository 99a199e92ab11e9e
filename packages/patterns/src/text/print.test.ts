import { isDeepStrictEqual } from 'node:util'
import { parseModel } from '@sutler/engine'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { someDocument } from '../testing/documents.ts'
import { formatPattern } from './format.ts'
import { printPattern } from './print.ts'
import { readPattern } from './read.ts'

/** Equal, and the keys of all that authors name in the same order. */
function inOrder(document: unknown): string {
  const sorted = (value: unknown, depth: number): unknown => {
    if (Array.isArray(value)) return value.map((each) => sorted(each, depth + 1))
    if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '-0' : value
    return Object.entries(value).map(([key, entry]) => [key, sorted(entry, depth + 1)])
  }
  const authored = new Set(['args', 'set', 'share', 'data', 'shared', 'signals', 'returns'])
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk)
    if (typeof value !== 'object' || value === null) return value
    return Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, entry]) => [key, authored.has(key) ? sorted(entry, 0) : walk(entry)])
  }
  return JSON.stringify(walk(document))
}

describe('printing a document', () => {
  it('gives a text that is read as the same document, key by key in order, and is formatted', () => {
    fc.assert(
      fc.property(someDocument, (document) => {
        const model = parseModel(document)
        const text = printPattern(model)
        const { document: read, diagnostics } = readPattern(text)
        expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
        expect(isDeepStrictEqual(read, model)).toBe(true)
        expect(inOrder(read)).toBe(inOrder(model))
        expect(formatPattern(text)).toBe(text)
      }),
      { numRuns: 1500 },
    )
  })
})
