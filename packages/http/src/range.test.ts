import { describe, expect, test } from 'vitest'
import { noneMatch, someMatch } from './entity-tags.ts'
import { parseRange, rangeStillMeant } from './range.ts'

describe('a range of 1000 bytes', () => {
  test.each([
    ['bytes=0-', { start: 0, end: 999 }],
    ['bytes=0-0', { start: 0, end: 0 }],
    ['bytes=900-2000', { start: 900, end: 999 }],
    ['bytes=-100', { start: 900, end: 999 }],
    ['bytes=-5000', { start: 0, end: 999 }],
    ['bytes= 10 - 19', { start: 10, end: 19 }],
    ['bytes=1000-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=20-10', null],
    ['bytes=-', null],
    ['bytes=0-1,5-6', null],
    ['bytes=0x10-', null],
    ['items=0-1', null],
    ['bytes=99999999999999999999-', null],
    [undefined, null],
  ])('%s', (header, range) => {
    expect(parseRange(header, 1000)).toEqual(range)
  })

  test('is empty for an empty file', () => {
    expect(parseRange('bytes=0-', 0)).toBe('unsatisfiable')
  })
})

test('a range counts only for the same file', () => {
  expect(rangeStillMeant(undefined, '"a"')).toBe(true)
  expect(rangeStillMeant('"a"', '"a"')).toBe(true)
  expect(rangeStillMeant('W/"a"', '"a"')).toBe(false)
  expect(rangeStillMeant('Wed, 21 Oct 2026 07:28:00 GMT', '"a"')).toBe(false)
})

test('a client that has the file gets nothing', () => {
  expect(noneMatch(undefined, '"a"')).toBe(true)
  expect(noneMatch('"b", "a"', '"a"')).toBe(false)
  expect(noneMatch('W/"a"', '"a"')).toBe(false)
  expect(noneMatch('*', '"a"')).toBe(false)
  expect(noneMatch('"b"', '"a"')).toBe(true)
})

test('a client whose file has changed is told so', () => {
  expect(someMatch(undefined, '"a"')).toBe(true)
  expect(someMatch('"a", W/"b"', '"b"')).toBe(true)
  expect(someMatch('*', '"b"')).toBe(true)
  expect(someMatch('"a"', '"b"')).toBe(false)
})
