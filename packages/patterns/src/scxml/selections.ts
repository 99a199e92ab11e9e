import { conjunction, negation } from './substitution.ts'
import { canBeTogether, domainOf, isWithin, lineage, type ScxmlState, type ScxmlTransition } from './tree.ts'

/** A transition as it is selected for one event when one atomic state is current (3.13). */
export interface Selection {
  readonly leaf: ScxmlState
  readonly transition: ScxmlTransition
  /** CEL of its `cond`. */
  readonly condition: string
}

/**
 * What must not be so for a transition to be taken although it is enabled: that another, in another region, is enabled that it
 * conflicts with and that comes first. Within one region the engine's own order decides.
 */
export function preemptions(selection: Selection, all: readonly Selection[]): readonly string[] {
  return all
    .filter(
      (other) =>
        apart(other.leaf, selection.leaf) &&
        conflict(other.transition, selection.transition) &&
        comesFirst(other, selection),
    )
    .map(({ leaf, condition }) => negation(conjunction([`'${leaf.name}' in states`, condition]) ?? 'true'))
}

/** Appendix A, removeConflictingTransitions: from a state within the other's first, else the earlier. */
function comesFirst(a: Selection, b: Selection): boolean {
  if (a.transition === b.transition) return false
  if (isWithin(a.transition.source, b.transition.source)) return true
  return !isWithin(b.transition.source, a.transition.source) && a.leaf.order < b.leaf.order
}

/** Whether two transitions cannot both be taken: what they exit overlaps (3.13). */
export function conflict(a: ScxmlTransition, b: ScxmlTransition): boolean {
  const [first, second] = [domainOf(a), domainOf(b)]
  if (first === null || second === null) return false
  return first === second || isWithin(first, second) || isWithin(second, first)
}

export function apart(a: ScxmlState, b: ScxmlState): boolean {
  return a !== b && canBeTogether(a, b)
}

/** Appendix A, selectTransitions: of the enabled ones, the first of each atomic state's, as far as they go together. */
export function optimal(
  leaves: readonly ScxmlState[],
  enabled: readonly ScxmlTransition[],
): readonly ScxmlTransition[] {
  const selected: ScxmlTransition[] = []
  for (const leaf of leaves) {
    const first = chainOf(leaf).find((transition) => enabled.includes(transition))
    if (first !== undefined && !selected.includes(first)) selected.push(first)
  }
  let kept: ScxmlTransition[] = []
  for (const transition of selected) {
    const rivals = kept.filter((other) => conflict(other, transition))
    if (rivals.some((rival) => !isWithin(transition.source, rival.source))) continue
    kept = [...kept.filter((other) => !rivals.includes(other)), transition]
  }
  return kept
}

/** Transitions of a state and its ancestors, in the order in which they are preferred. */
export function chainOf(leaf: ScxmlState): readonly ScxmlTransition[] {
  return lineage(leaf).flatMap(({ transitions }) => transitions)
}
