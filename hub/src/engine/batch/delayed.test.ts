import { expect, it } from 'vitest'
import { Delayed } from './delayed.ts'

it('an instance is left alone for longer and longer, up to 30 s, and begins anew when it has not been put off for a while', () => {
  const delayed = new Delayed()
  let now = 1_000
  const waits = Array.from({ length: 11 }, () => {
    const wait = delayed.postpone(7, now)
    expect(delayed.waiting(now + wait - 1)).toEqual([7])
    expect(delayed.next).toBe(now + wait)
    now += wait
    expect(delayed.waiting(now)).toEqual([])
    return wait
  })
  expect(waits).toEqual([100, 200, 400, 800, 1_600, 3_200, 6_400, 12_800, 25_600, 30_000, 30_000])
  delayed.waiting(now + 30_001)
  expect(delayed.postpone(7, now + 30_001)).toBe(100)
})

it('no more than 1,000 are put off at once', () => {
  const delayed = new Delayed()
  for (let instance = 0; instance < 1_500; instance++) delayed.postpone(instance, 0)
  expect(delayed.waiting(1)).toHaveLength(1_000)
})
