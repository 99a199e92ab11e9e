import type { Catalogue } from './catalogue.ts'
import type { Budget } from './budget.ts'

export const open = 0
export const chosen = 1
export const excluded = 2

/** Why a value is chosen or excluded, where no rule is the reason (rules are numbered from 0). */
export const why = {
  decision: -1,
  /** Another version of the service is chosen. */
  same: -2,
  /** Of itself: by a constraint on this value alone, or by none. */
  fact: -3,
  /** All other values of the service are excluded. */
  last: -4,
  /** A learned clause says so. */
  clause: -5,
  /** Nothing is left that the rule `what` asks for. */
  unsupported: -6,
} as const

/**
 * What is chosen and excluded so far, in order, and why; can be taken back decision by decision. Only typed arrays that are made
 * once are written to: the search spends its time here.
 */
export class Trail {
  readonly state: Uint8Array
  readonly level: Int32Array
  readonly why: Int32Array
  /** The value (`same`, a rule), constraint (`fact`, −1 = none) or clause that goes with `why`. */
  readonly what: Int32Array
  readonly order: Int32Array
  length = 0
  /** How far `order` has been followed up. */
  head = 0
  /** The length of the trail at each decision. */
  readonly starts: number[] = []
  /** The chosen value of each service, −1 while open. */
  readonly choice: Int32Array
  /** How many values of each service are not excluded. */
  readonly left: Int32Array
  readonly #serviceOf: Int32Array
  readonly #budget: Budget

  constructor(catalogue: Catalogue, budget: Budget) {
    const { values, first, serviceOf } = catalogue
    this.state = new Uint8Array(values)
    this.level = new Int32Array(values)
    this.why = new Int32Array(values)
    this.what = new Int32Array(values)
    this.order = new Int32Array(values)
    this.choice = new Int32Array(catalogue.services.length).fill(-1)
    this.left = Int32Array.from(this.choice, (_, service) => first[service + 1]! - first[service]!)
    this.#serviceOf = serviceOf
    this.#budget = budget
  }

  get depth(): number {
    return this.starts.length
  }

  /** @throws BudgetSpent */
  spend(steps: number): void {
    this.#budget.spend(steps)
  }

  decide(value: number): void {
    this.starts.push(this.length)
    this.choose(value, why.decision, -1)
  }

  choose(value: number, because: number, what: number): void {
    this.choice[this.#serviceOf[value]!] = value
    this.#note(value, chosen, because, what)
  }

  exclude(value: number, because: number, what: number): void {
    this.left[this.#serviceOf[value]!]!--
    this.#note(value, excluded, because, what)
  }

  #note(value: number, state: number, because: number, what: number): void {
    this.state[value] = state
    // A fact holds whatever was decided.
    this.level[value] = because === why.fact ? 0 : this.starts.length
    this.why[value] = because
    this.what[value] = what
    this.order[this.length++] = value
  }

  /** Takes back every decision after the first `depth`. */
  undo(depth: number): void {
    const start = this.starts[depth]
    if (start === undefined) return
    while (this.length > start) {
      const value = this.order[--this.length]!
      const service = this.#serviceOf[value]!
      if (this.state[value] === excluded) this.left[service]!++
      else this.choice[service] = -1
      this.state[value] = open
    }
    this.starts.length = depth
    this.head = Math.min(this.head, start)
  }
}
