import { describe, expect, it } from 'vitest'
import { backoffDelay, failuresAfter } from './backoff.ts'

const policy = { first: 1000, most: 60_000 }

describe('backoff', () => {
  it('doubles its ceiling up to the cap and never waits longer', () => {
    const ceilings = [1, 2, 3, 4, 5, 6, 7, 8, 2000].map((n) => backoffDelay(policy, n, 0.999999))
    expect(ceilings).toEqual([999, 1999, 3999, 7999, 15_999, 31_999, 59_999, 59_999, 59_999])
  })

  it('spreads over the whole range down to no wait', () => {
    expect(backoffDelay(policy, 5, 0)).toBe(0)
    expect(backoffDelay(policy, 5, 0.5)).toBe(8000)
  })

  it('forgets earlier failures after ten stable seconds only', () => {
    expect(failuresAfter(7, 9_999)).toBe(8)
    expect(failuresAfter(7, 10_000)).toBe(1)
  })
})
