import { Analysis, type Lesson } from './analysis.ts'
import type { Budget } from './budget.ts'
import type { Candidates } from './candidates.ts'
import { asks, type Catalogue } from './catalogue.ts'
import { Clauses, isChosen, isExcluded } from './clauses.ts'
import { ownConstraint, ownKinds, type ConstraintSet } from './constraints.ts'
import type { Placement } from './placement.ts'
import { Propagation } from './propagation.ts'
import { chosen, excluded, open, Trail, why } from './trail.ts'
import { Walk } from './walk.ts'

/** What a search is to leave as it is, and to add. */
export interface Extension {
  /** Values that stay chosen. */
  readonly fixed: readonly number[]
  /** Services to be there, too, each with the values that it may have. */
  readonly added: ReadonlyMap<number, ReadonlySet<number>>
}

export type Found =
  | { readonly solved: true; readonly services: readonly number[]; readonly choice: Int32Array }
  | { readonly solved: false; readonly from: ReadonlySet<number> }

/**
 * Finds the best choice of one value for every service that comes up, or that there is none: conflict-driven search with
 * learned clauses (CDCL) over one variable per service, in the order of `Walk`, best value first. Because the order of decisions
 * depends on earlier decisions only, the first solution is the best one: none has a better value at the first service where they differ.
 */
export class Search {
  readonly #candidates: Candidates
  readonly #placement: Placement
  readonly #catalogue: Catalogue
  readonly #held: ConstraintSet
  readonly #trail: Trail
  readonly #clauses: Clauses
  readonly #propagation: Propagation
  readonly #analysis: Analysis
  readonly #walk: Walk

  /** @param held the constraints that count */
  constructor(
    candidates: Candidates,
    placement: Placement,
    held: ConstraintSet,
    budget: Budget,
    extension: Extension | null = null,
  ) {
    const { catalogue } = candidates
    this.#candidates = candidates
    this.#placement = placement
    this.#catalogue = catalogue
    this.#held = held
    this.#trail = new Trail(catalogue, budget)
    this.#clauses = new Clauses(this.#trail)
    this.#propagation = new Propagation(candidates, placement, this.#trail, this.#clauses, held)
    this.#analysis = new Analysis(catalogue, this.#trail, this.#clauses)
    this.#walk = new Walk(candidates, this.#trail, [...(extension?.added.keys() ?? [])])
    this.#stateWishes()
    this.#stateFacts()
    if (extension !== null) this.#extend(extension)
  }

  /** @throws BudgetSpent */
  run(): Found {
    let consistent = this.#propagation.start()
    for (;;) {
      const possible = consistent && this.#propagation.run() ? this.#decide() : this.#learn()
      consistent = true
      if (possible === 'done') return { solved: true, services: this.#walk.services, choice: this.#trail.choice }
      if (possible === 'impossible') return { solved: false, from: this.#analysis.constraints() }
    }
  }

  /** A wish that something may stand in for: the service is there, or one of those is. */
  #stateWishes(): void {
    for (const [service, standIns] of this.#candidates.standIns) {
      const wish = ownConstraint(this.#catalogue, service, 'wish')
      if (!this.#held.has(wish)) continue
      const literals = [isExcluded(this.#catalogue.absent(service)), ...Array.from(standIns, isChosen)]
      this.#clauses.add(literals, [wish])
    }
  }

  /** What a service may not be by itself. */
  #stateFacts(): void {
    const { barred } = this.#candidates
    for (let value = 0; value < barred.length; value++) {
      if (barred[value] === 0) continue
      for (const [bit, kind] of ownKinds.entries()) {
        if (((barred[value]! >>> bit) & 1) === 0) continue
        const constraint = ownConstraint(this.#catalogue, this.#catalogue.serviceOf[value]!, kind)
        if (!this.#held.has(constraint)) continue
        this.#trail.exclude(value, why.fact, constraint)
        break
      }
    }
  }

  #extend({ fixed, added }: Extension): void {
    const { first } = this.#catalogue
    for (const value of fixed) if (this.#trail.state[value] === open) this.#trail.choose(value, why.fact, -1)
    for (const [service, allowed] of added)
      for (let value = first[service]!; value < first[service + 1]!; value++)
        if (!allowed.has(value) && this.#trail.state[value] === open) this.#trail.exclude(value, why.fact, -1)
  }

  /** Impossible when no decision is left to be taken back. */
  #learn(): 'on' | 'impossible' {
    const lesson = this.#analysis.learn(this.#propagation.clash)
    if (lesson === null) return 'impossible'
    this.#apply(lesson)
    return 'on'
  }

  #apply({ literals, from, depth }: Lesson): void {
    this.#trail.undo(depth)
    this.#walk.undo(depth)
    const clause = this.#clauses.add(literals, from)
    const first = literals[0]!
    if ((first & 1) === 0) this.#trail.choose(first >>> 1, why.clause, clause)
    else this.#trail.exclude(first >>> 1, why.clause, clause)
  }

  #decide(): 'on' | 'done' | 'impossible' {
    const service = this.#walk.next()
    if (service < 0) return this.#finish()
    this.#decideOn(service)
    return 'on'
  }

  #decideOn(service: number): void {
    const absent = this.#catalogue.absent(service)
    if (this.#trail.state[absent] === open && this.#walk.isReplaced(service)) return this.#take(absent)
    const fit = this.#held.has(ownConstraint(this.#catalogue, service, 'fit'))
    for (const value of this.#candidates.preference(service)) {
      if (this.#trail.state[value] !== open) continue
      if (!fit || value === absent || this.#placement.fits(value)) return this.#take(value)
      // Told to whoever watches before anything is decided.
      return this.#trail.exclude(value, why.fact, ownConstraint(this.#catalogue, service, 'fit'))
    }
  }

  #take(value: number): void {
    this.#walk.remember()
    this.#trail.decide(value)
  }

  /**
   * Everything that came up is decided; what did not come up stays away. Where a wish may be met by a stand-in, something may
   * have been chosen that never came up, which no relation asks for: that is ruled out.
   */
  #finish(): 'on' | 'done' | 'impossible' {
    if (!this.#isForced()) return 'done'
    for (let service = 0; service < this.#catalogue.services.length; service++) {
      const absent = this.#catalogue.absent(service)
      if (this.#trail.choice[service]! >= 0 || this.#trail.state[absent] !== open) continue
      this.#take(absent)
      return 'on'
    }
    const groundless = this.#groundless()
    return groundless.length === 0 ? 'done' : this.#ruleOut(groundless)
  }

  /** Whether something that did not come up cannot simply stay away. */
  #isForced(): boolean {
    if (this.#candidates.standIns.size === 0) return false
    return this.#groundless().length > 0 || [...this.#candidates.standIns].some((wish) => !this.#isMet(...wish))
  }

  #isMet(service: number, standIns: Int32Array): boolean {
    const { state, choice } = this.#trail
    return choice[service] !== this.#catalogue.absent(service) || standIns.some((value) => state[value] === chosen)
  }

  /** Services that did not come up and cannot be absent. */
  #groundless(): number[] {
    const { state } = this.#trail
    return Array.from(this.#catalogue.services, (_, service) => service).filter(
      (service) => !this.#walk.has(service) && state[this.#catalogue.absent(service)] === excluded,
    )
  }

  /** Each of them is there only if something outside of them needs one of them. */
  #ruleOut(groundless: readonly number[]): 'on' | 'impossible' {
    const clash = this.#propagation.clash
    clash.values.length = 0
    clash.values.push(this.#catalogue.absent(groundless[0]!), ...this.#supportsOf(groundless))
    clash.from.length = 0
    return this.#learn()
  }

  #supportsOf(groundless: readonly number[]): Set<number> {
    const { rules, holders, incoming, serviceOf } = this.#catalogue
    const supports = new Set<number>()
    for (const service of groundless) {
      for (let at = incoming.start[service]!; at < incoming.start[service + 1]!; at++) {
        const { id, kind } = rules[incoming.list[at]!]!
        if (!asks({ kind })) continue
        for (let at = holders.start[id]!; at < holders.start[id + 1]!; at++) {
          const value = holders.list[at]!
          if (!groundless.includes(serviceOf[value]!)) supports.add(value)
        }
      }
    }
    return supports
  }
}
