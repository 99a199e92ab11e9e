import type { Model } from '@sutler/engine'
import type { Markings } from '../markings.ts'
import { leavesOf, type ScxmlState } from './tree.ts'

/** Per state those that are ever current with it. */
type Together = ReadonlyMap<string, ReadonlySet<string>>

/** How a model's states nest: one of several, or all of several at once. */
type Nesting = string | { readonly kind: 'one' | 'all'; readonly parts: readonly Nesting[] }

/**
 * States and regions in which every reachable set of a model's states is a configuration; null when there are none. States that are
 * never current together are alternatives, those that always are, regions: the graph of "current together" is taken apart into
 * its components and the components of its complement (a cotree).
 */
export function regionsOf(model: Model, { sets }: Markings): ScxmlState | null {
  const together = togetherIn(model, sets)
  // A document may name a state twice: that is reported, and is one state here.
  const nesting = nest([...new Set(model.states)], together, sets)
  if (nesting === null) return null
  const root = treeOf(nesting, model)
  const fits = sets.every((marking) => marking.size === 0 || isConfiguration(root, marking))
  return fits ? root : null
}

/** All states as alternatives, for a model whose states are no configurations. */
export function flat(model: Model): ScxmlState {
  return treeOf({ kind: 'one', parts: model.states }, model)
}

function togetherIn({ states }: Model, sets: Markings['sets']): Together {
  const together = new Map(states.map((state) => [state, new Set<string>()]))
  for (const marking of sets) {
    for (const state of marking) for (const other of marking) if (other !== state) together.get(state)?.add(other)
  }
  return together
}

function nest(states: readonly string[], together: Together, sets: Markings['sets']): Nesting | null {
  const [only] = states
  if (states.length === 1 && only !== undefined) return only
  const linked = (a: string, b: string): boolean => together.get(a)?.has(b) ?? false
  const alternatives = components(states, linked)
  if (alternatives.length > 1) return join('one', alternatives, together, sets)
  const regions = components(states, (a, b) => !linked(a, b))
  if (regions.length > 1) return join('all', regions, together, sets)
  const found = partition(states, together, sets)
  return found === null
    ? null
    : { kind: 'all', parts: found.map((parts) => (parts.length === 1 ? (parts[0] ?? '') : { kind: 'one', parts })) }
}

function join(
  kind: 'one' | 'all',
  groups: readonly (readonly string[])[],
  together: Together,
  sets: Markings['sets'],
): Nesting | null {
  const parts: Nesting[] = []
  for (const group of groups) {
    const part = nest(group, together, sets)
    if (part === null) return null
    parts.push(part)
  }
  return { kind, parts }
}

/** Regions of which not every combination is reachable: groups that each set of current states meets in exactly one state. */
function partition(states: readonly string[], together: Together, sets: Markings['sets']): string[][] | null {
  const left = new Set(states)
  const groups: string[][] = []
  while (left.size > 0) {
    const met = sets.map((set) => [...set].filter((state) => left.has(state))).filter((set) => set.length > 0)
    const group = transversal(met, together, { steps: 500 })
    // No set meets what is left: no region can be made of it.
    if (group === null || group.length === 0) return null
    for (const state of group) left.delete(state)
    groups.push(states.filter((state) => group.includes(state)))
  }
  return groups.length > 1 ? groups : null
}

/** States that meet each of the sets once; searched for no longer than the budget says. */
function transversal(
  sets: readonly string[][],
  together: Together,
  budget: { steps: number },
  chosen: readonly string[] = [],
): readonly string[] | null {
  budget.steps -= 1
  const open = sets.find((set) => !set.some((state) => chosen.includes(state)))
  if (open === undefined) return chosen
  for (const state of budget.steps > 0 ? open : []) {
    if (chosen.some((other) => together.get(state)?.has(other))) continue
    const found = transversal(sets, together, budget, [...chosen, state])
    if (found !== null) return found
  }
  return null
}

/** Connected groups, in the order of their first members. */
function components(states: readonly string[], linked: (a: string, b: string) => boolean): string[][] {
  const left = new Set(states)
  const groups: string[][] = []
  for (const first of states) {
    if (!left.delete(first)) continue
    const group = [first]
    for (const member of group) {
      for (const other of left) {
        if (!linked(member, other)) continue
        left.delete(other)
        group.push(other)
      }
    }
    groups.push(states.filter((state) => group.includes(state)))
  }
  return groups
}

function treeOf(nesting: Nesting, { states, initial }: Model): ScxmlState {
  const taken = new Set(states)
  const named = (what: string): string => {
    let count = 1
    while (taken.has(`${what}-${count}`)) count += 1
    taken.add(`${what}-${count}`)
    return `${what}-${count}`
  }
  let order = 0
  const make = (part: Nesting, parent: ScxmlState | null, kind: ScxmlState['kind']): ScxmlState => {
    const id =
      typeof part === 'string' ? part : kind === 'scxml' ? null : named(kind === 'parallel' ? 'together' : 'region')
    const state: ScxmlState = {
      kind,
      id,
      name: id ?? '',
      parent,
      order: order++,
      depth: (parent?.depth ?? -1) + 1,
      line: 1,
      column: 1,
      children: [],
      onentry: [],
      onexit: [],
      donedata: null,
      transitions: [],
      initial: null,
    }
    const parts = typeof part === 'string' ? [] : ordered(part.parts, initial)
    for (const child of parts) {
      const inner = typeof child === 'string' || child.kind === 'one' ? 'state' : 'parallel'
      state.children.push(make(child, state, inner))
    }
    return state
  }
  const alternatives =
    typeof nesting === 'string' || nesting.kind === 'all' ? { kind: 'one' as const, parts: [nesting] } : nesting
  return make(alternatives, null, 'scxml')
}

/** What is current at the beginning comes first, and is so the default. */
function ordered(parts: readonly Nesting[], initial: readonly string[]): readonly Nesting[] {
  const holds = (part: Nesting): boolean => (typeof part === 'string' ? initial.includes(part) : part.parts.some(holds))
  return [...parts.filter(holds), ...parts.filter((part) => !holds(part))]
}

function isConfiguration(state: ScxmlState, marking: ReadonlySet<string>): boolean {
  const counted = state.children.map((child) => leavesOf(child).some(({ name }) => marking.has(name)))
  const active = state.children.filter((_, index) => counted[index] === true)
  if (state.children.length === 0) return marking.has(state.name)
  if (state.kind === 'parallel' ? active.length < state.children.length : active.length !== 1) return false
  return active.every((child) => isConfiguration(child, marking))
}
