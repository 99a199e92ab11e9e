import { expect, test } from 'vitest'
import { choice, listParams, searchParams, text } from './searchParams.ts'

test('what an address says is read, and what makes no sense is left out', () => {
  const read = searchParams({ ...listParams, q: text, tab: choice(['one', 'two']) })
  expect(read({ q: 123, tab: 'two', cursor: 'abc', other: 'x' })).toEqual({ q: '123', tab: 'two', cursor: 'abc' })
  expect(read({ q: { a: 1 }, tab: 'three', cursor: '', sort: null })).toEqual({})
  expect(read({ q: 'x'.repeat(5000) })).toEqual({})
})
