import { relative } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** By where a file lies, the longest first: those that start browsers, many processes, or a hub. */
const places = [/^packages\/console\/test\//, /^(agent\/test|test\/(faults|deploy))\//, /^test\//]

/** So that no long file begins when the others end, also where no run before has told how long each takes. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const rank = (file: TestSpecification): number => {
      const path = relative(this.ctx.config.root, file.moduleId)
      const at = places.findIndex((place) => place.test(path))
      return at === -1 ? places.length : at
    }
    // Stable, and within a project: workers serve one.
    return sorted.toSorted((a, b) => (a.project === b.project ? rank(a) - rank(b) : 0))
  }
}
