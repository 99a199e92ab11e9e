import type { Expr } from '../tree.ts'
import type { FilterSchema } from './fields.ts'
import { filterLimits } from './limits.ts'
import { FaultAt } from './refused.ts'
import type { Value } from './values.ts'

/** What one translation knows and gathers. */
export class Translation {
  readonly schema: FilterSchema
  readonly now: Date
  /** SQL of the function that gives a text's `semver`, or null. */
  readonly versionFunction: string
  /** Joins that the SQL rests on. */
  readonly needs = new Set<string>()
  #loops = 0
  #patterns = 0

  constructor(schema: FilterSchema, now: Date, versionFunction: string) {
    this.schema = schema
    this.now = now
    this.versionFunction = versionFunction
  }

  need(names: readonly string[] = []): void {
    for (const name of names) this.needs.add(name)
  }

  /** The alias of one more loop’s rows. */
  loop(at: Expr): string {
    this.#loops += 1
    if (this.#loops > filterLimits.loops)
      throw new FaultAt('too-expensive', at, `a filter looks into lists at most ${filterLimits.loops} times`)
    return `e${this.#loops}`
  }

  pattern(at: Expr): void {
    this.#patterns += 1
    if (this.#patterns > filterLimits.patterns)
      throw new FaultAt('too-expensive', at, `a filter has at most ${filterLimits.patterns} patterns`)
  }
}

/** Where in a filter a part stands. */
export interface Place {
  /** Variables of the macros around it. */
  readonly bound: ReadonlyMap<string, Value>
  /** Whether an error there is as good as false: then quicker SQL will do. */
  readonly lenient: boolean
}

/** Inside of something that an error must be told from false in. */
export function strictly(place: Place): Place {
  return place.lenient ? { ...place, lenient: false } : place
}
