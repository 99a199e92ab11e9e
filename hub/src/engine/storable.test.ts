import { describe, expect, it } from 'vitest'
import { assertStorable } from './storable.ts'

describe('a value from outside', () => {
  it('is taken when PostgreSQL can store it, whatever escapes its text shows', () => {
    for (const value of [{}, { a: '\u{1F4FA} \\ud800 \\\\u0000 "quoted"' }, { list: [null, 1.5, { deep: true }] }]) {
      expect(() => assertStorable(value, 'it')).not.toThrow()
    }
  })

  it('is refused with a NUL, half a surrogate pair, too many bytes, nested too deep, or when it is no object', () => {
    const values: unknown[] = [
      { a: '\0' },
      { a: 'x\\\0' },
      { a: '\ud800' },
      { a: 'é'.repeat(40_000) },
      { a: JSON.parse('['.repeat(20_000) + ']'.repeat(20_000)) as unknown },
      [],
      null,
      undefined,
      'text',
    ]
    for (const value of values) {
      expect(() => assertStorable(value as never, 'the value')).toThrow(/^the value /)
    }
  })
})
