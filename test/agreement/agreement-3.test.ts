import { expect, it } from 'vitest'
import { disagreements } from './comparison.ts'

it('semantics 10, order: the engine and the naive interpreter print the same lines (3 of 4)', () => {
  expect(disagreements(3)).toEqual([])
}, 600_000)
