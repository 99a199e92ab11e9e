import { isDeepStrictEqual } from 'node:util'
import { type Json, type Model, parseModel } from '@sutler/engine'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { long } from '../../../../test/support/thoroughness.ts'
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
  it('semantics 8.1: gives a text that is read as the same document, key by key in order, and is formatted', () => {
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
      { numRuns: long ? 3_000 : 250 },
    )
  }, 600_000)

  it('writes names, lists and texts so that they are read as they are', () => {
    const model: Model = {
      model: 'any',
      version: 'v1.0.0',
      title: 'a "title"\n',
      states: ['none', 'any', 'b'],
      initial: ['b', 'none'],
      final: [],
      signals: { none: {}, go: { args: {}, urgent: false } },
      transitions: [
        {
          name: 'x',
          on: 'go',
          from: ['any'],
          clear: ['*', 'any'],
          to: [],
          when: 'a\n&& b',
          cancel: [],
          tasks: [{ task: 'none', timeout: 'P1DT2H' }],
          emit: [{ signal: 'none', to: 'child:a b', args: { none: '1 +' } }],
          call: [],
        },
      ],
      returns: {},
    }
    expect(printPattern(model)).toBe(
      `model "any" v1.0.0 "a \\"title\\"\\n"

states "none", "any", b
initial b, "none"

signal "none"
signal go() not urgent

on go: "any" clear any, "any" -> none as "x" when cel "a\\n&& b"
  cancel none
  task "none" timeout P1DT2H
  emit "none"("none": cel "1 +") to "child:a b"
  call none

returns none
`,
    )
  })

  it('says what no text can say: what is nested too deep, what is too large', () => {
    const base = { model: 'm', version: '1.0.0', states: [], initial: [], final: [], transitions: [] }
    const deep = JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`) as Json
    const large = 'x'.repeat(1024 * 1024)
    expect(() => printPattern({ ...base, data: { deep } })).toThrow(expect.objectContaining({ code: 'too-deep' }))
    expect(() => printPattern({ ...base, data: { large } })).toThrow(expect.objectContaining({ code: 'too-large' }))
  })
})
