/** The search has taken as many steps as it may. Not an error of anybody: whoever started the search says what that means. */
export class BudgetSpent extends Error {
  constructor() {
    super('the budget of steps is spent')
  }
}

/** Elementary steps of one search: some tenths of a second. */
export const usualBudget = 20_000_000
