import type { Catalogue } from './catalogue.ts'
import { fromClause, isChosen, isExcluded, type Clauses } from './clauses.ts'
import type { Clash } from './propagation.ts'
import { chosen, why, type Trail } from './trail.ts'

/** What follows from a contradiction. */
export interface Lesson {
  /** At least one of them holds; the first is what follows once the decisions after `depth` are taken back. */
  readonly literals: readonly number[]
  /** As in a clause. */
  readonly from: readonly number[]
  readonly depth: number
}

/**
 * Learns from contradictions: goes back from what clashed to the one value of the last decision that all of it hangs on (the first
 * unique implication point), and collects on which constraints that rests.
 * Marques-Silva, Sakallah: GRASP, a search algorithm for propositional satisfiability, 1999.
 */
export class Analysis {
  readonly #catalogue: Catalogue
  readonly #trail: Trail
  readonly #clauses: Clauses
  readonly #seen: Uint8Array
  readonly #touched: number[] = []
  readonly #from = new Set<number>()

  constructor(catalogue: Catalogue, trail: Trail, clauses: Clauses) {
    this.#catalogue = catalogue
    this.#trail = trail
    this.#clauses = clauses
    this.#seen = new Uint8Array(catalogue.values)
  }

  /** Null when the contradiction needs no decision: then `from` tells what cannot hold together. */
  learn(clash: Clash): Lesson | null {
    const trail = this.#trail
    this.#from.clear()
    for (const one of clash.from) this.#from.add(one)
    const top = clash.values.reduce((most, value) => Math.max(most, trail.level[value]!), 0)
    trail.undo(top)
    const rest: number[] = []
    let pending = 0
    const mark = (value: number): void => {
      if (!this.#see(value)) return
      if (trail.level[value] === 0) this.#root(value)
      else if (trail.level[value] === top) pending++
      else rest.push(value)
    }
    for (const value of clash.values) mark(value)
    const point = top === 0 ? null : this.#lastCommon(top, mark, () => --pending === 0)
    for (const value of this.#touched) this.#seen[value] = 0
    this.#touched.length = 0
    return point === null ? null : this.#lesson(point, rest)
  }

  /** The constraints that the last contradiction rests on. */
  constraints(): ReadonlySet<number> {
    return this.#clauses.constraintsBehind([...this.#from])
  }

  #see(value: number): boolean {
    if (this.#seen[value] === 1) return false
    this.#seen[value] = 1
    this.#touched.push(value)
    this.#trail.spend(1)
    return true
  }

  #lastCommon(top: number, mark: (value: number) => void, isLast: () => boolean): number {
    const { order, level } = this.#trail
    for (let at = this.#trail.length - 1; ; at--) {
      const value = order[at]!
      if (this.#seen[value] === 0 || level[value] !== top) continue
      if (isLast()) return value
      this.#rest(value, mark)
    }
  }

  /** Everything that a value of level 0 rests on. */
  #root(value: number): void {
    const open = [value]
    for (let next = open.pop(); next !== undefined; next = open.pop())
      this.#rest(next, (earlier) => {
        if (this.#see(earlier)) open.push(earlier)
      })
  }

  /** Adds the constraint by which a value is as it is, and gives the values that this needs. */
  #rest(value: number, give: (earlier: number) => void): void {
    const because = this.#trail.why[value]!
    const what = this.#trail.what[value]!
    if (because >= 0) {
      this.#from.add(this.#catalogue.rules[because]!.group)
      give(what)
    } else if (because === why.same) give(what)
    else if (because === why.fact) {
      if (what >= 0) this.#from.add(what)
    } else if (because === why.last) {
      const { first, serviceOf } = this.#catalogue
      const service = serviceOf[value]!
      this.#trail.spend(first[service + 1]! - first[service]!)
      for (let other = first[service]!; other < first[service + 1]!; other++) if (other !== value) give(other)
    } else if (because === why.unsupported) {
      const rule = this.#catalogue.rules[what]!
      const asked = this.#catalogue.asked(rule)
      this.#from.add(rule.group)
      this.#trail.spend(asked.length)
      for (const other of asked) give(other)
    } else if (because === why.clause) {
      const { literals } = this.#clauses.all[what]!
      this.#from.add(fromClause(what))
      this.#trail.spend(literals.length)
      for (const literal of literals) if (literal >>> 1 !== value) give(literal >>> 1)
    }
  }

  #lesson(point: number, rest: number[]): Lesson {
    const { level } = this.#trail
    rest.sort((one, other) => level[other]! - level[one]! || one - other)
    const literals = [point, ...rest].map((value) => this.#opposite(value))
    return { literals, from: [...this.#from], depth: rest.length === 0 ? 0 : level[rest[0]!]! }
  }

  #opposite(value: number): number {
    return this.#trail.state[value] === chosen ? isExcluded(value) : isChosen(value)
  }
}
