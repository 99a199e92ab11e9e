import { chosen, excluded, open, type Trail } from './trail.ts'

/** “This value is chosen” as 2 × value, “this value is excluded” as 2 × value + 1. */
export const isChosen = (value: number): number => value * 2
export const isExcluded = (value: number): number => value * 2 + 1

export interface Clause {
  /** At least one of them holds. The first two are watched. */
  readonly literals: Int32Array
  /** What it follows from: constraints by number, and other clauses as −1 − number. */
  readonly from: Int32Array
}

/** A clause among what something follows from. */
export const fromClause = (clause: number): number => -1 - clause

/** What was learned: clauses, each looked at only when one of two of its literals becomes false. */
export class Clauses {
  readonly all: Clause[] = []
  readonly #watching: (number[] | undefined)[] = []
  readonly #trail: Trail

  constructor(trail: Trail) {
    this.#trail = trail
  }

  /** @returns its number */
  add(literals: readonly number[], from: readonly number[]): number {
    const number = this.all.length
    this.all.push({ literals: Int32Array.from(literals), from: Int32Array.from(from) })
    if (literals.length > 1) for (const literal of literals.slice(0, 2)) this.#watch(literal, number)
    return number
  }

  /** The constraints that something rests on in the end, through all clauses that it follows from. */
  constraintsBehind(from: readonly number[]): ReadonlySet<number> {
    const constraints = new Set<number>()
    const seen = new Set<number>()
    const open = [...from]
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (next >= 0) constraints.add(next)
      else if (!seen.has(next)) {
        seen.add(next)
        open.push(...this.all[fromClause(next)]!.from)
      }
    }
    return constraints
  }

  #watch(literal: number, clause: number): void {
    const watching = (this.#watching[literal] ??= [])
    watching.push(clause)
  }

  /**
   * Follows up that a literal has become false.
   * @param imply takes what a clause now says of a value; false when that contradicts
   * @returns the clause that no literal is left to, −1 when there is none
   */
  follow(literal: number, imply: (literal: number, clause: number) => void): number {
    const watching = this.#watching[literal]
    if (watching === undefined) return -1
    let kept = 0
    for (let at = 0; at < watching.length; at++) {
      const clause = watching[at]!
      const { literals } = this.all[clause]!
      this.#trail.spend(1)
      if (literals[0] === literal) this.#swap(literals, 0, 1)
      if (this.#replaced(literals, clause)) continue
      watching[kept++] = clause
      if (this.#isTrue(literals[0]!)) continue
      if (this.#isOpen(literals[0]!)) {
        imply(literals[0]!, clause)
        continue
      }
      while (++at < watching.length) watching[kept++] = watching[at]!
      watching.length = kept
      return clause
    }
    watching.length = kept
    return -1
  }

  /** Watches another literal instead of the second, if one is not false. */
  #replaced(literals: Int32Array, clause: number): boolean {
    if (this.#isTrue(literals[0]!)) return false
    for (let at = 2; at < literals.length; at++) {
      const other = literals[at]!
      if (!this.#isTrue(other) && !this.#isOpen(other)) continue
      this.#trail.spend(at)
      this.#swap(literals, 1, at)
      this.#watch(other, clause)
      return true
    }
    this.#trail.spend(literals.length)
    return false
  }

  #swap(literals: Int32Array, one: number, other: number): void {
    const kept = literals[one]!
    literals[one] = literals[other]!
    literals[other] = kept
  }

  #isOpen(literal: number): boolean {
    return this.#trail.state[literal >>> 1] === open
  }

  #isTrue(literal: number): boolean {
    return this.#trail.state[literal >>> 1] === ((literal & 1) === 0 ? chosen : excluded)
  }
}
