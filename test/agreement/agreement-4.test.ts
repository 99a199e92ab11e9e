import { expect, it } from 'vitest'
import { disagreements } from './comparison.ts'

it('semantics 10, order: the engine and the naive interpreter print the same lines (4 of 4)', () => {
  expect(disagreements(4)).toEqual([])
}, 600_000)
