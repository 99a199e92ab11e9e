import { describe, expect, test } from 'vitest'
import { lifecycle } from './cases/lifecycle.ts'
import { otherOutputs } from './cases/other-outputs.ts'
import { casesPerStage, trouble } from './cases/trouble.ts'
import type { Harness } from './harness.ts'
import { Trial } from './trial.ts'

export type { ComponentGiven, Harness, SimulatedDevice, Stop } from './harness.ts'
export { ConformanceHost } from './host.ts'

/**
 * What every device protocol must do, tried with its own simulated device. A case that is skipped says why in its title; a
 * skip of a case that there is not fails.
 * @param make a fresh harness for each case
 */
export function conformance(make: () => Harness): void {
  const { name, stages, skips = {} } = make()
  const cases = [
    ...Object.entries({ ...lifecycle, ...trouble, ...otherOutputs }).map(([title, run]) => ({ title, run, lacks: '' })),
    ...casesPerStage(stages),
  ].map(({ title, run, lacks }) => ({ title, run, reason: skips[title] ?? lacks }))

  describe(`${name}, as every device protocol`, () => {
    for (const { title, run, reason } of cases)
      test(`${title}${reason && ` (not: ${reason})`}`, { skip: reason !== '', timeout: 40_000 }, async () => {
        expect.hasAssertions()
        const trial = new Trial(make())
        try {
          await trial.start()
          await run(trial)
        } finally {
          await trial.end()
        }
      })

    test('skips no case that there is not', () => {
      expect(cases.map(({ title }) => title)).toEqual(expect.arrayContaining(Object.keys(skips)))
    })
  })
}
