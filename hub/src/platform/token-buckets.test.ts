import { expect, test } from 'vitest'
import { addressKey, TokenBuckets } from './token-buckets.ts'

test('after the burst, attempts come back at the rate', () => {
  const attempts = new TokenBuckets({ burst: 3, perSecond: 0.5, keys: 10 })
  for (let i = 0; i < 3; i++) attempts.take('a', 0)
  expect(attempts.wait('a', 0)).toBe(2000)
  expect(attempts.wait('a', 1000)).toBe(1000)
  expect(attempts.wait('a', 2000)).toBe(0)
  expect(attempts.wait('b', 0)).toBe(0)
})

test('legitimate attempts are given back', () => {
  const attempts = new TokenBuckets({ burst: 2, perSecond: 1, keys: 10 })
  for (let i = 0; i < 100; i++) {
    expect(attempts.wait('a', 0)).toBe(0)
    attempts.take('a', 0)
    attempts.giveBack('a', 0)
  }
})

test('no more keys are remembered than allowed; the one longest unused goes', () => {
  const attempts = new TokenBuckets({ burst: 1, perSecond: 0.001, keys: 2 })
  for (const key of ['a', 'b', 'c']) attempts.take(key, 0)
  expect(attempts.wait('a', 0)).toBe(0)
  expect(attempts.wait('b', 0)).toBeGreaterThan(0)
  expect(attempts.wait('c', 0)).toBeGreaterThan(0)
})

test.each([
  ['10.0.0.1', '10.0.0.1'],
  ['::ffff:10.0.0.1', '10.0.0.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:DB8:1:2::9', '2001:db8:1:2'],
  ['2001:db8::9', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['unknown', 'unknown'],
])('the address %s counts as %s', (address, key) => {
  expect(addressKey(address)).toBe(key)
})
