import { expect, it } from 'vitest'
import { disagreements } from './comparison.ts'

it('semantics 2 to 6, 10 and 11: the engine and the naive interpreter print the same lines (3 of 4)', () => {
  expect(disagreements()).toEqual([])
}, 600_000)
