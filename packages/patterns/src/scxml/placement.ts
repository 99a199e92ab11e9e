import type { Model, Transition } from '@sutler/engine'
import { after, type Markings } from '../markings.ts'
import { defaultsOf, domainOf, isWithin, leavesOf, type ScxmlState, type ScxmlTransition } from './tree.ts'

/** A model's transition as one of SCXML. */
export interface Placed {
  readonly index: number
  readonly transition: Transition
  readonly sources: readonly ScxmlState[]
  /** Atomic states that must be current besides the source. */
  readonly also: readonly string[]
  /** Null: no state for it; the transition cannot be said so. */
  readonly targets: readonly ScxmlState[] | null
  /** Sets of states in which it can be enabled. */
  readonly when: readonly ReadonlySet<string>[]
  /** It leads to no state at all: to this final state. */
  readonly ends: boolean
}

/** Finds for each transition a source and targets that do to every reachable set of states what the engine does. */
export class Placement {
  readonly #model: Model
  readonly #root: ScxmlState
  readonly #markings: Markings
  readonly #byName: ReadonlyMap<string, ScxmlState>

  constructor(model: Model, root: ScxmlState, markings: Markings) {
    this.#model = model
    this.#root = root
    this.#markings = markings
    this.#byName = new Map(leavesOf(root).map((leaf) => [leaf.name, leaf]))
  }

  of(transition: Transition, index: number): Placed {
    const { from } = transition
    const when = this.#markings.sets.filter(
      (marking) => marking.size > 0 && !this.#done(marking) && from.every((state) => marking.has(state)),
    )
    const [first] = from
    const source = first === undefined ? undefined : this.#byName.get(first)
    const sources = source === undefined ? this.#root.children.filter((child) => !this.#isEnd(child)) : [source]
    const ends = when.length > 0 && when.every((marking) => after(marking, [transition]).size === 0)
    const targets = when.length === 0 || ends ? [] : this.#targets(transition, sources, when)
    return {
      index,
      transition,
      sources,
      also: [...new Set(from.slice(1))].filter((state) => state !== first),
      targets,
      when,
      ends,
    }
  }

  #targets(transition: Transition, sources: readonly ScxmlState[], when: Placed['when']): readonly ScxmlState[] | null {
    const wanted = [...new Set(transition.to)].flatMap((state) => this.#byName.get(state) ?? [])
    const results = when.map((marking) => after(marking, [transition]))
    const [result] = results
    const all = result === undefined ? [] : [...result].flatMap((state) => this.#byName.get(state) ?? [])
    const moved = wanted.filter(({ name }) => when.some((marking) => !marking.has(name)))
    for (const targets of [[], moved, wanted, all]) {
      const exact = sources.every((source) =>
        when.every(
          (marking, index) => !holds(source, marking) || same(resulting(source, targets, marking), results[index]),
        ),
      )
      if (exact) return targets
    }
    return null
  }

  #done(marking: ReadonlySet<string>): boolean {
    return [...marking].every((state) => this.#model.final.includes(state))
  }

  #isEnd({ children, name }: ScxmlState): boolean {
    return children.length === 0 && this.#model.final.includes(name)
  }
}

function holds(source: ScxmlState, marking: ReadonlySet<string>): boolean {
  return leavesOf(source).some(({ name }) => marking.has(name))
}

function same(a: ReadonlySet<string>, b: ReadonlySet<string> | undefined): boolean {
  return b !== undefined && a.size === b.size && [...a].every((state) => b.has(state))
}

/** Atomic states after an SCXML transition (appendix A). */
export function resulting(
  source: ScxmlState,
  targets: readonly ScxmlState[],
  marking: ReadonlySet<string>,
): ReadonlySet<string> {
  const domain = domainOf(asTransition(source, targets))
  if (domain === null) return marking
  const inside = new Set(leavesOf(domain).map(({ name }) => name))
  return new Set([...[...marking].filter((state) => !inside.has(state)), ...entered(domain, targets)])
}

export function asTransition(source: ScxmlState, targets: readonly ScxmlState[]): ScxmlTransition {
  return { source, targets, events: [], cond: null, internal: false, content: [], line: 1, column: 1 }
}

function entered(state: ScxmlState, targets: readonly ScxmlState[]): string[] {
  if (state.children.length === 0) return [state.name]
  const within = targets.filter((target) => isWithin(target, state))
  if (state.kind === 'parallel') return state.children.flatMap((child) => entered(child, within))
  const wanted = within.length === 0 ? defaultsOf(state) : within
  const child = state.children.find((one) => wanted.some((target) => target === one || isWithin(target, one)))
  return child === undefined ? [] : entered(child, wanted)
}
