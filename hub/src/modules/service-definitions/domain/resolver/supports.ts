import { asks, type Catalogue } from './catalogue.ts'
import type { ConstraintSet } from './constraints.ts'
import { excluded, type Trail } from './trail.ts'

/**
 * For each rule that asks for another service, one value that it would be content with and that is not excluded: as long as there is
 * one, nothing has to be done when others go. Nothing has to be undone either when decisions are taken back.
 */
export class Supports {
  readonly #catalogue: Catalogue
  readonly #trail: Trail
  /** The first rule that a value supports, and for each rule the next one of the same value; −1 = none. */
  readonly #first: Int32Array
  readonly #next: Int32Array
  /** Rules that nothing can support. */
  readonly without: readonly number[]

  constructor(catalogue: Catalogue, trail: Trail, held: ConstraintSet) {
    this.#catalogue = catalogue
    this.#trail = trail
    this.#first = new Int32Array(catalogue.values).fill(-1)
    this.#next = new Int32Array(catalogue.rules.length).fill(-1)
    const without: number[] = []
    for (const rule of catalogue.rules) {
      if (!asks(rule) || !held.has(rule.group)) continue
      const [first] = catalogue.asked(rule)
      if (first === undefined) without.push(rule.id)
      else this.#support(first, rule.id)
    }
    this.without = without
  }

  #support(value: number, rule: number): void {
    this.#next[rule] = this.#first[value]!
    this.#first[value] = rule
  }

  /**
   * Finds other support for the rules that an excluded value supported.
   * @param unsupported takes a rule that has none any more; false stops, and the rules left keep the value for the time being
   */
  follow(value: number, unsupported: (rule: number) => boolean): boolean {
    let rule = this.#first[value]!
    this.#first[value] = -1
    while (rule >= 0) {
      const next = this.#next[rule]!
      const other = this.#other(rule)
      this.#support(other ?? value, rule)
      if (other === null && !unsupported(rule)) {
        for (rule = next; rule >= 0; rule = this.#keep(value, rule));
        return false
      }
      rule = next
    }
    return true
  }

  /** @returns the next rule */
  #keep(value: number, rule: number): number {
    const next = this.#next[rule]!
    this.#support(value, rule)
    return next
  }

  #other(rule: number): number | null {
    const asked = this.#catalogue.asked(this.#catalogue.rules[rule]!)
    const { state } = this.#trail
    for (let at = 0; at < asked.length; at++) {
      if (state[asked[at]!] === excluded) continue
      this.#trail.spend(at + 1)
      return asked[at]!
    }
    this.#trail.spend(asked.length)
    return null
  }
}
