import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { matchesPattern } from './metadata/patterns.ts'

describe('a path pattern', () => {
  test.each([
    ['targets/*.tgz', 'targets/foo.tgz', true],
    ['targets/*.tgz', 'targets/foo.txt', false],
    ['foo-version-?.tgz', 'foo-version-2.tgz', true],
    ['foo-version-?.tgz', 'foo-version-alpha.tgz', false],
    ['*.tgz', 'foo.tgz', true],
    ['*.tgz', 'targets/foo.tgz', false],
    ['foo.tgz', 'foo.tgz', true],
    ['foo.tgz', 'fooxtgz', false],
    ['*', '', true],
    ['**', 'a/b', false],
    ['a*b*c', 'aXbXbXc', true],
    ['a*b*c', 'aXbXbX', false],
    ['?', '😀', true],
    ['[ab]', 'a', false],
    ['[ab]', '[ab]', true],
    ['a/', 'a/', true],
    ['a/*', 'a/b/c', false],
  ])('%s and %s: %s', (pattern, path, matches) => {
    expect(matchesPattern(path, pattern)).toBe(matches)
  })

  test('matches what the same regular expression matches', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '/', '.'), maxLength: 10 })
    const patterns = fc.string({ unit: fc.constantFrom('a', 'b', '/', '.', '*', '?'), maxLength: 8 })
    fc.assert(
      fc.property(letters, patterns, (path, pattern) => {
        const source = pattern.replaceAll('.', '\\.').replaceAll('*', '[^/]*').replaceAll('?', '[^/]')
        expect(matchesPattern(path, pattern)).toBe(new RegExp(`^${source}$`).test(path))
      }),
      { numRuns: 10_000 },
    )
  })

  test('cannot be made to take long', () => {
    expect(matchesPattern('a'.repeat(1000), `${'a*'.repeat(500)}b`)).toBe(false)
  })
})
