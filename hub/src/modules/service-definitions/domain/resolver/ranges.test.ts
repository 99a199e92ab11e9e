import * as fc from 'fast-check'
import semver, { SemVer } from 'semver'
import { expect, it } from 'vitest'
import { within } from './ranges.ts'

const number = fc.integer({ min: 0, max: 3 })
const version = fc
  .tuple(number, number, number, fc.option(fc.constantFrom('alpha.1', 'beta.2', 'rc.1'), { freq: 3 }))
  .map(([major, minor, patch, pre]) => `${major}.${minor}.${patch}${pre === null ? '' : `-${pre}`}`)
const simple = fc.tuple(fc.constantFrom('^', '~', '>=', '>', '<', '<=', '=', ''), version).map((two) => two.join(''))
const partial = fc.constantFrom('*', '1.x', '1', '2.1.x', '1 - 2', '>1', '<=2', '^0.1', '1.2.0 - 2.0.0', '')
const both = fc.tuple(simple, simple).map((two) => two.join(' '))
const range = fc.array(fc.oneof(simple, partial, both), { minLength: 1, maxLength: 3 }).map((some) => some.join(' || '))

it('a range has the versions that semver says it has', () => {
  fc.assert(
    fc.property(fc.uniqueArray(version, { maxLength: 12 }), range, (versions, range) => {
      const sorted = versions.map((one) => new SemVer(one)).sort((one, other) => other.compare(one))
      const expected = sorted.map((one) => Number(semver.satisfies(one, range, { includePrerelease: true })))
      expect([...within(sorted, range)]).toEqual(expected)
    }),
    { numRuns: 2_000 },
  )
})

it('what is no range has no version', () => {
  expect([...within([new SemVer('1.0.0')], 'newest')]).toEqual([0])
})
