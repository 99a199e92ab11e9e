import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { long } from '../../../../../../test/support/thoroughness.ts'
import type { CatalogueVersion, Reason } from './problem.ts'
import { Catalogue, CatalogueService } from './catalogue.ts'
import { resolve } from './resolve.ts'
import { BruteForce } from './test/brute-force.ts'
import { smallHouseholds } from './test/small-households.ts'

function catalogueOf(versions: readonly CatalogueVersion[], also: readonly string[]): Catalogue {
  const ids = new Set([...versions.map(({ service }) => service), ...also])
  return new Catalogue(
    [...ids].map(
      (id) =>
        new CatalogueService(
          id,
          versions.filter(({ service }) => service === id),
        ),
    ),
  )
}

/** Without a bias to the smallest: those households are all alike. */
const runs = { numRuns: long ? 10_000 : 1_000, noBias: true }

describe('in small households, held against trying everything', { timeout: 600_000 }, () => {
  it('there is an answer exactly if there is one, and it is the best', () => {
    let solved = 0
    fc.assert(
      fc.property(smallHouseholds, ({ versions, problem }) => {
        const catalogue = catalogueOf(
          versions,
          problem.wishes.map(({ service }) => service),
        )
        const answer = resolve(catalogue, problem)
        const best = new BruteForce(versions, problem).best()
        if (answer.ok) solved++
        expect(answer.ok ? answer.assignment.map((one) => [one.service, one.version]) : null).toEqual(best)
      }),
      runs,
    )
    expect(solved).toBeGreaterThan(runs.numRuns / 5)
  })

  it('the reasons why not contradict each other, and no longer do without any one of them', () => {
    let refused = 0
    fc.assert(
      fc.property(smallHouseholds, ({ versions, problem }) => {
        const catalogue = catalogueOf(
          versions,
          problem.wishes.map(({ service }) => service),
        )
        const answer = resolve(catalogue, problem)
        if (answer.ok) return
        refused++
        expect(answer.minimal).toBe(true)
        expect(answer.reasons.length).toBeGreaterThan(0)
        const holds = (reasons: readonly Reason[]) =>
          new BruteForce(
            versions,
            problem,
            reasons.flatMap(({ constraints }) => constraints),
          ).isSatisfiable()
        expect(holds(answer.reasons)).toBe(false)
        for (const reason of answer.reasons)
          expect(holds(answer.reasons.filter((other) => other !== reason))).toBe(true)
      }),
      runs,
    )
    expect(refused).toBeGreaterThan(runs.numRuns / 5)
  })
})
