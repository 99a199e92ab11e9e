import { expect, it } from 'vitest'
import { filterCovers, isFilter } from './topic-filter.ts'

it.each([
  ['a/b', 'a/b', true],
  ['a/b', 'a/b/c', false],
  ['a/b/c', 'a/b', false],
  ['a/+', 'a/b', true],
  ['a/+', 'a/b/c', false],
  ['a/+/c', 'a/b/c', true],
  ['a/#', 'a/b/c', true],
  // MQTT 3.1.1, 4.7.1.2: the parent level is covered, too.
  ['a/#', 'a', true],
  ['#', 'a/b', true],
])('%s covers %s: %s', (filter, topic, covers) => {
  expect(filterCovers(filter, topic)).toBe(covers)
})

it.each(['a/b+', 'a/#/b', 'a#', '+a/b', '##'])('%s is no filter', (text) => {
  expect(isFilter(text)).toBe(false)
})
