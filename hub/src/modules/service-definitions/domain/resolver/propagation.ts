import type { Candidates } from './candidates.ts'
import type { Catalogue, Rule } from './catalogue.ts'
import { fromClause, isChosen, isExcluded, type Clauses } from './clauses.ts'
import { ownConstraint, type ConstraintSet } from './constraints.ts'
import type { Placement } from './placement.ts'
import { Supports } from './supports.ts'
import { chosen, open, why, type Trail } from './trail.ts'

/** Why nothing can come of what is chosen: values that cannot be as they are together, and what forbids it. */
export interface Clash {
  readonly values: number[]
  /** As in a clause. */
  readonly from: number[]
}

/** Follows up every choice and exclusion, by the rules, by what was learned and by what devices can take. */
export class Propagation {
  readonly clash: Clash = { values: [], from: [] }
  readonly #catalogue: Catalogue
  readonly #placement: Placement
  readonly #trail: Trail
  readonly #clauses: Clauses
  readonly #held: ConstraintSet
  readonly #members: number[] = []
  readonly #supports: Supports

  constructor(candidates: Candidates, placement: Placement, trail: Trail, clauses: Clauses, held: ConstraintSet) {
    this.#catalogue = candidates.catalogue
    this.#placement = placement
    this.#trail = trail
    this.#clauses = clauses
    this.#held = held
    this.#supports = new Supports(candidates.catalogue, trail, held)
  }

  /** What cannot be whatever is decided, for want of anything that it asks for. */
  start(): boolean {
    return this.#supports.without.every((rule) => this.#excludeHolders(rule))
  }

  #excludeHolders(rule: number): boolean {
    const { start, list } = this.#catalogue.holders
    this.#trail.spend(start[rule + 1]! - start[rule]!)
    for (let at = start[rule]!; at < start[rule + 1]!; at++)
      if (!this.#exclude(list[at]!, why.unsupported, rule)) return false
    return true
  }

  /** Until nothing follows any more. @returns false on a contradiction, which `clash` then tells */
  run(): boolean {
    const trail = this.#trail
    while (trail.head < trail.length) {
      const value = trail.order[trail.head++]!
      const isIn = trail.state[value] === chosen
      if (!(isIn ? this.#followChoice(value) : this.#followExclusion(value))) return false
      if (!isIn && !this.#supports.follow(value, (rule) => this.#excludeHolders(rule))) return false
      if (!this.#followClauses(isIn ? isExcluded(value) : isChosen(value))) return false
    }
    return this.#placesLeft()
  }

  #contradiction(values: readonly number[]): false {
    this.clash.values.length = 0
    this.clash.values.push(...values)
    this.clash.from.length = 0
    return false
  }

  #followChoice(value: number): boolean {
    const { first, serviceOf, rules, rulesOf } = this.#catalogue
    const service = serviceOf[value]!
    for (let other = first[service]!; other < first[service + 1]!; other++)
      if (other !== value && !this.#exclude(other, why.same, value)) return false
    this.#trail.spend(first[service + 1]! - first[service]!)
    for (let at = rulesOf.start[value]!; at < rulesOf.start[value + 1]!; at++)
      if (!this.#excludeBlocked(rules[rulesOf.list[at]!]!, value)) return false
    if (!this.#excludeBlocking(service, value)) return false
    return value === this.#catalogue.absent(service) || this.#fits(service, value)
  }

  #fits(service: number, value: number): boolean {
    const fit = ownConstraint(this.#catalogue, service, 'fit')
    if (!this.#held.has(fit) || this.#placement.fits(value)) return true
    this.#contradiction([value])
    this.clash.from.push(fit)
    return false
  }

  /** What a chosen version cannot have beside it. */
  #excludeBlocked(rule: Rule, value: number): boolean {
    if (rule.kind === 'recommends' || !this.#held.has(rule.group)) return true
    const blocked = this.#catalogue.blocked(rule)
    this.#trail.spend(blocked.length)
    for (let at = 0; at < blocked.length; at++) if (!this.#exclude(blocked[at]!, rule.id, value)) return false
    return true
  }

  /** Versions that cannot have the chosen one beside them. */
  #excludeBlocking(service: number, value: number): boolean {
    const { rules, incoming, holders } = this.#catalogue
    for (let at = incoming.start[service]!; at < incoming.start[service + 1]!; at++) {
      const rule = rules[incoming.list[at]!]!
      if (!this.#held.has(rule.group) || !this.#catalogue.blocks(rule, value)) continue
      const [start, end] = [holders.start[rule.id]!, holders.start[rule.id + 1]!]
      this.#trail.spend(end - start)
      for (let at = start; at < end; at++) if (!this.#exclude(holders.list[at]!, rule.id, value)) return false
    }
    return true
  }

  #exclude(value: number, because: number, what: number): boolean {
    const state = this.#trail.state[value]
    if (state === open) this.#trail.exclude(value, because, what)
    if (state !== chosen) return true
    const rule = this.#catalogue.rules[because === why.unsupported ? what : because]
    this.#contradiction(because === why.unsupported ? [value, ...this.#catalogue.asked(rule!)] : [value, what])
    if (rule !== undefined) this.clash.from.push(rule.group)
    return false
  }

  /** The last value that is left to a service is chosen. */
  #followExclusion(value: number): boolean {
    const { first, serviceOf } = this.#catalogue
    const service = serviceOf[value]!
    const left = this.#trail.left[service]!
    if (left > 1 || this.#trail.choice[service]! >= 0) return true
    const [start, end] = [first[service]!, first[service + 1]!]
    this.#trail.spend(end - start)
    if (left === 0) return this.#contradiction(Array.from({ length: end - start }, (_, at) => start + at))
    const last = this.#trail.state.indexOf(open, start)
    this.#trail.choose(last, why.last, -1)
    return true
  }

  #followClauses(literal: number): boolean {
    const clause = this.#clauses.follow(literal, (implied, clause) => {
      const value = implied >>> 1
      if ((implied & 1) === 0) this.#trail.choose(value, why.clause, clause)
      else this.#trail.exclude(value, why.clause, clause)
    })
    if (clause < 0) return true
    const { literals } = this.#clauses.all[clause]!
    this.#contradiction(Array.from(literals, (literal) => literal >>> 1))
    this.clash.from.push(fromClause(clause))
    return false
  }

  /** Whether versions that extend others still have devices to go to. */
  #placesLeft(): boolean {
    const { choice } = this.#trail
    for (const service of this.#catalogue.extenders) {
      const value = choice[service]!
      if (value < 0 || value === this.#catalogue.absent(service)) continue
      this.#trail.spend(this.#catalogue.extenders.length)
      if (!this.#placement.leaves(service, choice, this.#held, this.#members)) return this.#noPlace()
    }
    return true
  }

  #noPlace(): false {
    const { serviceOf, rules, rulesOf } = this.#catalogue
    this.#contradiction(this.#members)
    for (const value of this.#members) {
      const fit = ownConstraint(this.#catalogue, serviceOf[value]!, 'fit')
      if (this.#held.has(fit)) this.clash.from.push(fit)
      for (let at = rulesOf.start[value]!; at < rulesOf.start[value + 1]!; at++) {
        const { kind, group } = rules[rulesOf.list[at]!]!
        if (kind === 'extends' && this.#held.has(group)) this.clash.from.push(group)
      }
    }
    return false
  }
}
