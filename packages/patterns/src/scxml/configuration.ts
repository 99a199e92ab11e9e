import type { Path } from './path.ts'
import { conjunction } from './substitution.ts'
import { isAtomic, isWithin, leavesOf, lineage, type ScxmlState } from './tree.ts'

/** CEL for "the state is current at this point". */
export function isCurrent(path: Path, state: ScxmlState): string {
  if (path.active.has(state)) return 'true'
  if (!path.dark.some((region) => isWithin(state, region))) return 'false'
  return `(${leavesOf(state)
    .map(({ name }) => `'${name}' in states`)
    .join(' || ')})`
}

/** Appendix A, isInFinalState. */
export function inFinal(path: Path, region: ScxmlState): string {
  if (region.kind === 'parallel') return conjunction(region.children.map((child) => inFinal(path, child))) ?? 'true'
  const finals = region.children.filter(({ kind }) => kind === 'final').map((final) => isCurrent(path, final))
  if (finals.includes('true')) return 'true'
  const possible = finals.filter((condition) => condition !== 'false')
  return possible.length > 1 ? `(${possible.join(' || ')})` : (possible[0] ?? 'false')
}

/** What is surely current when an atomic state is, and the regions beside it. */
export function surroundings(leaf: ScxmlState): { readonly active: ScxmlState[]; readonly dark: ScxmlState[] } {
  const active = lineage(leaf)
  const dark: ScxmlState[] = []
  const beside = active.flatMap(({ parent }, index) =>
    parent?.kind === 'parallel' ? parent.children.filter((region) => region !== active[index]) : [],
  )
  for (const region of beside) {
    active.push(region)
    if (region.kind === 'parallel') beside.push(...region.children)
    else if (!isAtomic(region)) dark.push(region)
  }
  return { active, dark }
}

export function withAll(state: ScxmlState): ScxmlState[] {
  return [state, ...state.children.flatMap(withAll)]
}

export function byOrder(a: ScxmlState, b: ScxmlState): number {
  return a.order - b.order
}
