import { array, assert, nat, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { circle } from './dependencies.ts'

describe('items that wait for one another', () => {
  it('are named, as is one that waits for itself', () => {
    expect(circle([[1], [2], [0]])).toEqual([0, 1, 2])
    expect(circle([[], [1]])).toEqual([1])
    expect(circle([[], [0], [0, 1]])).toBeNull()
  })
  it('are found exactly where no order of beginning exists', () => {
    const graphs = array(array(nat(5), { maxLength: 3 }), { minLength: 6, maxLength: 6 })
    assert(
      property(graphs, (after) => {
        expect(circle(after) === null).toBe(canAllBegin(after))
      }),
    )
  })
})

/** The naive way: whatever waits for nothing that is left begins. */
function canAllBegin(after: readonly (readonly number[])[]): boolean {
  const left = new Set(after.keys())
  for (let round = 0; round < after.length; round++)
    for (const item of left) if (after[item]!.every((other) => !left.has(other))) left.delete(item)
  return left.size === 0
}
