import { Budget, BudgetSpent } from './budget.ts'
import type { Candidates } from './candidates.ts'
import { ConstraintSet, constraintCount } from './constraints.ts'
import type { Placement } from './placement.ts'
import type { Unresolved } from './problem.ts'
import { Search } from './search.ts'
import { reasonsOf } from './sentences.ts'

/**
 * Makes constraints that cannot all hold as few as possible: each is left out in turn, and stays out if the others contradict each
 * other without it. What a search rests on when it fails narrows the others at once.
 * Junker, QuickXplain: preferred explanations and relaxations for over-constrained problems, AAAI 2004, is the same by halves; with
 * what the search tells there is little left to halve.
 * @param from constraints that together allow no choice
 */
export function explain(candidates: Candidates, placement: Placement, from: ReadonlySet<number>): Unresolved {
  const size = constraintCount(candidates.catalogue)
  let left = [...from].sort((one, other) => one - other)
  const needed = new Set<number>()
  const budget = new Budget(candidates.problem.budget)
  let minimal = true
  for (let next = left.at(-1); next !== undefined; next = left.findLast((one) => !needed.has(one))) {
    const without = left.filter((one) => one !== next)
    const narrower = conflictWithin(candidates, placement, ConstraintSet.of(size, without), budget)
    if (narrower === 'too-complex') minimal = false
    if (narrower instanceof Set) left = without.filter((one) => narrower.has(one) || needed.has(one))
    else needed.add(next)
  }
  return { ok: false, reasons: reasonsOf(candidates, placement, left), minimal }
}

/** Those of some constraints that contradict each other already; null when all of them can hold. */
function conflictWithin(
  candidates: Candidates,
  placement: Placement,
  held: ConstraintSet,
  budget: Budget,
): ReadonlySet<number> | null | 'too-complex' {
  try {
    const found = new Search(candidates, placement, held, budget).run()
    return found.solved ? null : found.from
  } catch (error) {
    if (error instanceof BudgetSpent) return 'too-complex'
    throw error
  }
}
