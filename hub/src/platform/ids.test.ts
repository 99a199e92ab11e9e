import { expect, test } from 'vitest'
import { firstIdOf, newId } from './ids.ts'

test('ids of one millisecond sort in the order in which they were made, and are all different', () => {
  const made = Array.from({ length: 5_000 }, () => newId('dev', 1_764_000_000_000))
  expect(made.toSorted()).toEqual(made)
  expect(new Set(made).size).toBe(made.length)
  expect(made[0]).toMatch(/^dev-[a-z0-9]{22}$/)
  expect(newId('dev', 1_764_000_000_001) > made.at(-1)!).toBe(true)
})

test('the first id of a time sorts before those made then and after those made before', () => {
  const at = 1_764_000_000_000
  expect(firstIdOf('ord', at) < newId('ord', at)).toBe(true)
  expect(firstIdOf('ord', at) > newId('ord', at - 1)).toBe(true)
})
