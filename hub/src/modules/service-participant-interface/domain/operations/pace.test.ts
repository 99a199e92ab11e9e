import { assert, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { allowance, batchOf, hasMoved, mostOf, pauseAfter, pauseAfterFailure } from './pace.ts'

test.each([
  [0, 4, false],
  [0, 5, true],
  [10, 6, false],
  [10, 5, true],
  [100, 105, false],
  [100, 106, true],
  [100, 94, true],
  [1000, 1050, false],
  [1000, 949, true],
])('of %i devices at the preview and %i now the selection has moved: %s', (before, now, moved) => {
  expect(hasMoved(before, now)).toBe(moved)
})

test('as many may come in while it runs', () => {
  expect([0, 100, 1000].map(mostOf)).toEqual([5, 105, 1050])
})

test('no rate is exceeded, and one batch takes about a second', () => {
  assert(
    property(integer({ min: 1, max: 12_000 }), (perMinute) => {
      const batch = batchOf(perMinute)
      const pause = pauseAfter(batch, perMinute)
      expect((batch / pause) * 60_000).toBeLessThanOrEqual(perMinute)
      expect(batch).toBeLessThanOrEqual(200)
      expect(pause).toBeGreaterThanOrEqual(Math.min(1_000, 60_000 / perMinute))
    }),
  )
})

test('what is given up has had the time that it should take twice over', () => {
  expect(allowance(12_000, 12_000)).toBe(2 * 60_000 + 3_600_000)
  expect([1, 2, 3, 7, 10].map(pauseAfterFailure)).toEqual([5_000, 10_000, 20_000, 300_000, 300_000])
})
