import { Budget, BudgetSpent } from './budget.ts'
import type { Candidates } from './candidates.ts'
import { ConstraintSet, constraintCount } from './constraints.ts'
import type { Placement } from './placement.ts'
import { Search } from './search.ts'
import { relationsOf, type Solution } from './solution.ts'

/**
 * Adds what chosen versions recommend, one after the other, and what those recommend in turn. Each is kept only if everything that
 * was chosen before stays as it is; what it needs itself comes along.
 */
export function addRecommended(candidates: Candidates, placement: Placement, base: Solution): Solution {
  const { catalogue } = candidates
  const held = ConstraintSet.all(constraintCount(catalogue))
  // What is only recommended is not worth more steps than everything else together.
  const budget = new Budget(candidates.problem.budget)
  let solution = base
  const refused = new Set<number>()
  for (let next = openRecommendation(candidates, base, refused); next !== null;) {
    const { by, service, values } = next
    refused.add(next.rule)
    const added = new Map([...solution.recommendedBy.keys()].map((one) => [one, new Set([solution.choice[one]!])]))
    added.set(service, values)
    const fixed = solution.services.map((one) => solution.choice[one]!)
    const found = searchOrNull(candidates, placement, held, budget, { fixed, added })
    if (found?.solved === true)
      solution = { ...found, recommendedBy: new Map([...solution.recommendedBy, [service, by]]) }
    next = openRecommendation(candidates, solution, refused)
  }
  return solution
}

function searchOrNull(...given: ConstructorParameters<typeof Search>) {
  try {
    return new Search(...given).run()
  } catch (error) {
    if (error instanceof BudgetSpent) return null
    throw error
  }
}

/** The first recommendation that was not tried yet, of a service that is not there. */
function openRecommendation({ catalogue }: Candidates, { services, choice }: Solution, refused: ReadonlySet<number>) {
  for (const by of services) {
    for (const rule of relationsOf(catalogue, choice[by]!)) {
      const { id, kind, to } = rule
      if (kind !== 'recommends' || refused.has(id) || services.includes(to)) continue
      return { rule: id, by, service: to, values: new Set(catalogue.inside(rule)) }
    }
  }
  return null
}
