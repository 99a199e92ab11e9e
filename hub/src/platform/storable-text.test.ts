import { describe, expect, it } from 'vitest'
import { storable, storableText } from './storable-text.ts'

const bad = ['a\0b', '\uD83D', '\uDE00x', '\uDE00\uD83D']

describe('text from outside', () => {
  it.each(bad)('is refused when it cannot be kept: %j', (text) => {
    expect(storableText(10).safeParse(text).success).toBe(false)
  })

  it.each(['', 'plain', 'ä 😀 \t\n', '\uFFFD'])('is taken when it can: %j', (text) => {
    expect(storableText(10).parse(text)).toBe(text)
  })

  it('is repaired deep inside a value, keys included, and else left as it is', () => {
    const value = { a: ['x\0', { 'k\0': 1 }], b: null, c: '\uD83D', d: '😀' }
    expect(storable(value)).toEqual({ a: ['x\uFFFD', { 'k\uFFFD': 1 }], b: null, c: '\uFFFD', d: '😀' })
    const good = { a: ['x'], n: 1 }
    expect(storable(good)).toBe(good)
  })
})
