import { expect, it } from 'vitest'
import { manualClock } from '../../../test/support/manual-clock.ts'
import { sparing } from './sparing.ts'

function counting() {
  const clock = manualClock(1_000)
  let counts = 0
  const spare = sparing<number>({ clock, times: 20, most: 2 })
  const ask = (key: string, takes: number) =>
    spare(key, async () => {
      clock.advance(takes)
      return ++counts
    })
  return { clock, ask }
}

it('gives a count again for twenty times as long as it took, and says when it was counted', async () => {
  const { clock, ask } = counting()
  expect(await ask('a', 100)).toEqual({ value: 1, countedAt: 1_100 })
  clock.advance(1_999)
  expect(await ask('a', 100)).toEqual({ value: 1, countedAt: 1_100 })
  clock.advance(1)
  expect(await ask('a', 100)).toMatchObject({ value: 2 })
})

it('shares one count among those who ask at the same time, and keeps none that failed', async () => {
  const { ask, clock } = counting()
  expect(await Promise.all([ask('a', 1), ask('a', 1)])).toMatchObject([{ value: 1 }, { value: 1 }])
  const spare = sparing<number>({ clock, times: 20, most: 2 })
  await expect(spare('b', () => Promise.reject(new TypeError('down')))).rejects.toThrow('down')
  expect(await spare('b', async () => 7)).toMatchObject({ value: 7 })
})

it('keeps so many answers at most, the newest', async () => {
  const { ask } = counting()
  for (const key of ['a', 'b', 'c']) await ask(key, 100)
  expect(await ask('c', 100)).toMatchObject({ value: 3 })
  expect(await ask('a', 100)).toMatchObject({ value: 4 })
})
