import { expressionLimits } from './limits.ts'

/** Ends an evaluation from wherever it is: the library turns it into the evaluation's result. */
export class OverBudget extends Error {
  constructor(what: string) {
    super(what)
    this.name = 'OverBudget'
  }
}

/**
 * The budget of the evaluation that is running. Evaluation is synchronous and never nests, so one meter serves all; the
 * library's functions get no context through which one could be handed to them.
 */
class Meter {
  #left = 0
  #exhausted: OverBudget | null = null

  /** Starts an evaluation. */
  open(budget: number): void {
    this.#left = budget
    this.#exhausted = null
  }

  /** Set once the budget was exceeded, also when an operator such as `||` absorbed the error. */
  get exhausted(): OverBudget | null {
    return this.#exhausted
  }

  spend(units: number): void {
    this.#left -= units
    if (this.#left < 0) this.fail('evaluation budget exceeded')
  }

  limitText(length: number): void {
    if (length > expressionLimits.textLength) this.fail(`text above ${expressionLimits.textLength} characters`)
  }

  fail(reason: string): never {
    this.#exhausted ??= new OverBudget(reason)
    throw this.#exhausted
  }
}

export const meter = new Meter()
