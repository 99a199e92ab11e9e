import { expect, test } from 'vitest'
import { manualClock } from '../../../test/support/manual-clock.ts'
import { countedSeldom } from './counted-seldom.ts'

/** Counts that take as long as they are told to, and end when they are told to. */
function countings() {
  const clock = manualClock()
  const ends: ((value: number) => void)[] = []
  const counted = countedSeldom<number>(clock)
  const count = (key: string) => counted(key, () => new Promise((resolve) => ends.push(resolve)))
  const end = async (value: number) => {
    ends.at(-1)!(value)
    await Promise.resolve()
  }
  return { clock, count, end, begun: () => ends.length }
}

test('all who ask while something is counted get the one count', async () => {
  const { count, end, begun } = countings()
  const asked = [count('main'), count('main')]
  await end(7)
  expect((await Promise.all(asked)).map(({ value }) => value)).toEqual([7, 7])
  expect(begun()).toBe(1)
})

test('what took a second is counted again after twenty, and the one before is given meanwhile', async () => {
  const { clock, count, end, begun } = countings()
  const first = count('main')
  clock.advance(1_000)
  await end(7)
  const { at } = await first
  clock.advance(19_000)
  expect(await count('main')).toEqual({ value: 7, at })
  expect(begun()).toBe(1)
  clock.advance(2_000)
  expect(await count('main')).toEqual({ value: 7, at })
  expect(begun()).toBe(2)
  await end(8)
  expect((await count('main')).value).toBe(8)
})

test('a count that is older than a minute is waited for, and each count has its key', async () => {
  const { clock, count, end, begun } = countings()
  const first = count('main')
  await end(7)
  await first
  clock.advance(61_000)
  const later = count('main')
  await end(9)
  expect((await later).value).toBe(9)
  const other = count('other')
  await end(1)
  expect((await other).value).toBe(1)
  expect(begun()).toBe(3)
})

test('a count that fails is tried again by the next who asks', async () => {
  let fails = true
  const counted = countedSeldom<number>(manualClock())
  const count = async () => {
    if (fails) throw new Error('no')
    return 1
  }
  await expect(counted('main', count)).rejects.toThrow('no')
  fails = false
  expect((await counted('main', count)).value).toBe(1)
})
