import type { DataEntry, Part, PatternTree, SignalNode, StateDeclaration } from '../text/tree.ts'

/** Finds declarations of a tree by name; null for a name that is not declared. */

export function signalNamed(tree: PatternTree, name: string): SignalNode | null {
  return named(tree, (part) => (part.kind === 'signals' ? part.signals : []), name)
}

export function stateNamed(tree: PatternTree, name: string): StateDeclaration | null {
  return named(tree, (part) => (part.kind === 'states' ? part.states : []), name)
}

export function dataNamed(tree: PatternTree, kind: 'data' | 'shared', name: string): DataEntry | null {
  return named(
    tree,
    (part) => (part.kind === 'data' || part.kind === 'shared' ? (part.kind === kind ? part.entries : []) : []),
    name,
  )
}

function named<T extends { readonly name: { readonly value: string } }>(
  tree: PatternTree,
  of: (part: Part) => readonly T[],
  name: string,
): T | null {
  return tree.parts.flatMap((part) => of(part)).find((node) => node.name.value === name) ?? null
}

/** Whether a state is marked as one, at itself or in a list. */
export function isMarked(tree: PatternTree, kind: 'initial' | 'final', state: StateDeclaration): boolean {
  if (state[kind]) return true
  return tree.parts.some(
    (part) =>
      part.kind === kind &&
      part.states?.names.some((name) => name.kind === 'name' && name.value === state.name.value) === true,
  )
}

/** `decided(allowed: bool, until: string) urgent` */
export function signalForm({ name, args, urgent, deferrable }: SignalNode): string {
  const parameters = args?.parameters.map((each) => `${each.name.value}: ${each.type?.value ?? 'any'}`) ?? []
  const list = parameters.length === 0 ? '' : `(${parameters.join(', ')})`
  return `${name.value}${list}${urgent?.value === true ? ' urgent' : ''}${deferrable?.value === true ? ' deferrable' : ''}`
}
