import { expect, test } from 'vitest'
import { differences } from './differences.ts'

test('what differs is told by its place; what is only in another order is not', () => {
  const before = {
    os: { name: 'android', version: '14' },
    features: ['a', 'b'],
    memory: { total: 8 },
    installed: [{ v: 1 }],
  }
  const after = {
    os: { name: 'android', version: '15' },
    features: ['b', 'a', 'c'],
    installed: [{ v: 2 }],
    network: null,
  }
  expect(differences(before, after)).toEqual([
    { path: 'features', before: undefined, after: 'c' },
    { path: 'installed', before: { v: 1 }, after: undefined },
    { path: 'installed', before: undefined, after: { v: 2 } },
    { path: 'memory', before: { total: 8 }, after: undefined },
    { path: 'network', before: undefined, after: null },
    { path: 'os.version', before: '14', after: '15' },
  ])
  expect(differences(before, before)).toEqual([])
})
