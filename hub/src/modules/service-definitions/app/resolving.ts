import { CallerError } from '../../../platform/errors.ts'
import { BudgetSpent } from '../domain/resolver/budget.ts'
import type { Catalogue } from '../domain/resolver/catalogue.ts'
import type { Answer, Problem } from '../domain/resolver/problem.ts'
import { resolve } from '../domain/resolver/resolve.ts'
import { resolutionTooComplex } from './errors.ts'

/** @throws CallerError `resolution-too-complex` */
export function resolveWithin(catalogue: Catalogue, problem: Problem): Answer {
  try {
    return resolve(catalogue, problem)
  } catch (error) {
    if (!(error instanceof BudgetSpent)) throw error
    const wished = problem.wishes.map(({ service }) => service)
    const named =
      wished.length > 8 ? `${wished.slice(0, 8).join(', ')} and ${wished.length - 8} more` : wished.join(', ')
    throw new CallerError(
      resolutionTooComplex,
      `What ${named} need of one another was not found out within the budget.`,
    )
  }
}
