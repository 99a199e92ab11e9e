import type { TrialView } from '../../contract-policies.ts'
import { isForEveryone } from './breadth.ts'
import { wouldDo, type Judgement } from './judge.ts'

/** So many of what held, and of what did not, are shown. */
const shown = { held: 100, passed: 20 }

/** Counts what a policy would have done. */
export class TrialCount {
  readonly #ofHouseholds: number
  readonly #ordered = new Set<string>()
  readonly #looked = new Set<string>()
  readonly #held: TrialView['shown'] = []
  readonly #passed: TrialView['shown'] = []
  #whole = true
  #seen = 0
  #heldCount = 0
  #orders = 0
  #refused = 0

  constructor(ofHouseholds: number) {
    this.#ofHouseholds = ofHouseholds
  }

  get seen(): number {
    return this.#seen
  }

  /** There was more than may be looked at. */
  cut(): void {
    this.#whole = false
  }

  add(what: string, household: string | null, at: Date, { held, clauses, actions }: Judgement): void {
    this.#seen++
    if (held) this.#heldCount++
    if (household !== null) this.#looked.add(household)
    for (const action of actions) {
      if ('refusal' in action) this.#refused++
      else if (action.kind === 'order') {
        this.#orders++
        this.#ordered.add(action.wanted.household)
      }
    }
    const list = held ? this.#held : this.#passed
    if (list.length >= (held ? shown.held : shown.passed)) return
    list.push({
      at: at.toISOString(),
      what,
      household,
      held,
      would: actions.map(wouldDo),
      clauses: clauses.map((clause) => ({ ...clause })),
    })
  }

  result(from: {
    by: string
    since: string
    group: string | null
  }): Omit<TrialView, 'id' | 'policy' | 'version' | 'at'> {
    const households = this.#ordered.size
    // What was cut short says nothing of the households that it did not come to.
    const of = this.#whole ? this.#ofHouseholds : Math.min(this.#ofHouseholds, this.#looked.size)
    const [seen, held, orders] = [this.#seen, this.#heldCount, this.#orders]
    const most = this.#whole ? '' : ', the newest of more'
    const summary = `It would have held for ${held} of ${seen} (since ${from.since}${most}), and placed ${orders} orders for ${households} of ${of} households.`
    return {
      ...from,
      whole: this.#whole,
      seen,
      held,
      orders,
      refused: this.#refused,
      households,
      ofHouseholds: of,
      everyone: isForEveryone(households, of),
      summary,
      shown: [...this.#held, ...this.#passed],
    }
  }
}
