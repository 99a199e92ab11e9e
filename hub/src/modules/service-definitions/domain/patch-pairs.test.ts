import { describe, expect, test } from 'vitest'
import { earlierVersions, patchPairs } from './patch-pairs.ts'

const large = 100_000
const file = (path: string, digest: string, size = large) => ({ path, digest, size, mode: 420 })
const list = (...files: ReturnType<typeof file>[]) => {
  return { service: 's', version: '1.0.0', component: 'c', restart: 'none' as const, health: null, files }
}
const pairs = (newer: ReturnType<typeof list>, older: ReturnType<typeof list>) =>
  patchPairs(newer, older, 1_000_000).map(({ from, to }) => `${from} → ${to}`)

describe('patches are worth making', () => {
  test('for large files with other content at the same place or under a name alike', () => {
    const older = list(file('app', 'a1'), file('lib-1.0.so', 'l1'), file('data', 'd1'))
    const newer = list(file('app', 'a2'), file('lib-1.1.so', 'l2'), file('data', 'd1'))
    expect(pairs(newer, older)).toEqual(['a1 → a2', 'l1 → l2'])
  })

  test('not for content that the device has, wherever', () => {
    expect(pairs(list(file('moved', 'a1'), file('app', 'b1')), list(file('app', 'a1'), file('b', 'b1')))).toEqual([])
  })

  test('not for small files, nor for huge ones, on either side', () => {
    const [small, huge] = [1_000, 2_000_000]
    expect(pairs(list(file('a', 'a2', small)), list(file('a', 'a1')))).toEqual([])
    expect(pairs(list(file('a', 'a2')), list(file('a', 'a1', small)))).toEqual([])
    expect(pairs(list(file('a', 'a2', huge)), list(file('a', 'a1')))).toEqual([])
    expect(pairs(list(file('a', 'a2')), list(file('a', 'a1', huge)))).toEqual([])
  })

  test('once for content that is there twice', () => {
    expect(pairs(list(file('a', 'x2'), file('b', 'x2')), list(file('a', 'x1'), file('b', 'y1')))).toEqual(['x1 → x2'])
  })
})

test('devices come from the three nearest versions that were released before', () => {
  const version = (number: string, state = 'released') => ({ version: number, state }) as never
  const others = ['1.0.0', '1.1.0', '1.2.0', '1.10.0', '2.0.0', '3.0.0'].map((number) => version(number))
  expect(earlierVersions('2.0.0', [...others, version('1.11.0', 'candidate'), version('1.9.0', 'deprecated')])).toEqual(
    ['1.10.0', '1.9.0', '1.2.0'],
  )
})
