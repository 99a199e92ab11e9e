/** The search has taken as many steps as it may. Not an error of anybody: whoever started the search says what that means. */
export class BudgetSpent extends Error {
  constructor() {
    super('the budget of steps is spent')
  }
}

/** Elementary steps of one resolution, about 200 ns each: others wait meanwhile. */
const usualBudget = 1_500_000

/** How many steps one or several searches may still take together. */
export class Budget {
  #left: number

  constructor(steps: number = usualBudget) {
    this.#left = steps
  }

  /** @throws BudgetSpent */
  spend(steps: number): void {
    this.#left -= steps
    if (this.#left < 0) throw new BudgetSpent()
  }
}
