import { Budget } from './budget.ts'
import { Candidates } from './candidates.ts'
import { Catalogue } from './catalogue.ts'
import { ConstraintSet, constraintCount } from './constraints.ts'
import { explain } from './explain.ts'
import { Placement } from './placement.ts'
import type { Answer, Problem } from './problem.ts'
import { addRecommended } from './recommend.ts'
import { Search } from './search.ts'
import { answerOf } from './resolved.ts'

/**
 * Chooses a version of each service that a household is to have, and of each that those need, so that every relation, channel,
 * pin and device is respected; or tells a minimal set of reasons why that cannot be.
 *
 * Complete: if there is a choice, one is found. Deterministic: among all choices the one with the newest version of the first wish,
 * among those the one with the newest of the second, and so on; then what those need, in the order in which they name it.
 * @param catalogue with every wished service, and what versions of those name, and so on
 * @throws BudgetSpent when that takes more steps than `problem.budget`
 */
export function resolve(catalogue: Catalogue, problem: Problem): Answer {
  const candidates = new Candidates(catalogue, problem)
  const placement = new Placement(candidates)
  const all = ConstraintSet.all(constraintCount(catalogue))
  const found = new Search(candidates, placement, all, new Budget(problem.budget)).run()
  if (!found.solved) return explain(candidates, placement, found.from)
  const solution = { services: found.services, choice: found.choice, recommendedBy: new Map<number, number>() }
  return answerOf(
    candidates,
    placement,
    problem.withRecommended === true ? addRecommended(candidates, placement, solution) : solution,
  )
}
