import type { CompiledModel, CompiledTransition } from '../compiled.ts'
import type { WitnessStep } from '../errors.ts'
import { type Marking, subsets, withoutConflicts } from '../marking.ts'

/** A reachable set of current states and how it was first reached: breadth first, so by a shortest way. */
export interface Reached {
  readonly marking: Marking
  readonly parent: Reached | null
  readonly via: { readonly signal: string; readonly fired: readonly CompiledTransition[] } | null
  /** Sets one step further; empty for final ones. */
  readonly next: Set<Reached>
  /** False when the bound came before all that follows from it was looked into. */
  explored: boolean
}

export interface Exploration {
  readonly reached: readonly Reached[]
  /** Transitions that fire somewhere. */
  readonly fired: ReadonlySet<CompiledTransition>
  /** Sets that were looked into or cases of guards that were tried are fewer than there are. */
  readonly cut: boolean
}

/** Guards on one signal in one set of states whose every combination is tried; of more, each alone, all and none. */
const guardsCombined = 8
/** Transitions looked at in all sets and cases together: about a second or two. */
const looks = 5_000_000

/** The reachable sets of states, guards taken as possibly true or false, leaving out transitions that `skip` names. */
export function explore(
  compiled: CompiledModel,
  bound: number,
  skip: ReadonlySet<CompiledTransition> = new Set(),
): Exploration {
  const explorer = new Explorer(compiled, bound, skip)
  return explorer.run()
}

class Explorer {
  readonly #compiled: CompiledModel
  readonly #bound: number
  readonly #skip: ReadonlySet<CompiledTransition>
  readonly #byMarking = new Map<string, Reached>()
  readonly #reached: Reached[] = []
  readonly #fired = new Set<CompiledTransition>()
  #cut = false
  #looked = 0
  #full = false

  constructor(compiled: CompiledModel, bound: number, skip: ReadonlySet<CompiledTransition>) {
    this.#compiled = compiled
    this.#bound = bound
    this.#skip = skip
  }

  run(): Exploration {
    const { markings, model } = this.#compiled
    this.#reach(markings.of([...new Set(model.initial)].sort()), null, null)
    for (let at = 0; at < this.#reached.length; at += 1) {
      const reached = this.#reached[at]
      if (reached === undefined || reached.marking.done) continue
      if (this.#full || this.#looked > looks) {
        this.#full = true
        reached.explored = false
      } else this.#expand(reached)
    }
    return { reached: this.#reached, fired: this.#fired, cut: this.#cut || this.#full }
  }

  /** Null when there are as many sets as the bound allows. */
  #reach(marking: Marking, parent: Reached | null, via: Reached['via']): Reached | null {
    const key = marking.names.join(' ')
    const known = this.#byMarking.get(key)
    if (known !== undefined) return known
    if (this.#reached.length >= this.#bound) return null
    const reached: Reached = { marking, parent, via, next: new Set(), explored: true }
    this.#byMarking.set(key, reached)
    this.#reached.push(reached)
    return reached
  }

  #expand(reached: Reached): void {
    const { bySignal, markings } = this.#compiled
    for (const [signal, transitions] of bySignal) {
      const candidates = subsets(reached.marking, transitions).filter((transition) => !this.#skip.has(transition))
      for (const enabled of this.#cases(candidates)) {
        const fired = withoutConflicts(enabled)
        this.#looked += candidates.length
        if (fired.length === 0) continue
        for (const transition of fired) this.#fired.add(transition)
        const next = this.#reach(markings.after(reached.marking, fired), reached, { signal, fired })
        if (next !== null) {
          reached.next.add(next)
          continue
        }
        this.#full = true
        reached.explored = false
      }
    }
  }

  /** The enabled transitions for each way in which the guards may hold. */
  *#cases(candidates: readonly CompiledTransition[]): Generator<readonly CompiledTransition[]> {
    const guarded = candidates.filter(({ when }) => when !== null)
    if (guarded.length > guardsCombined) {
      this.#cut = true
      yield candidates
      yield candidates.filter(({ when }) => when === null)
      for (const one of guarded) yield candidates.filter((other) => other.when === null || other === one)
      return
    }
    for (let choice = (1 << guarded.length) - 1; choice >= 0; choice -= 1) {
      yield candidates.filter(
        (transition) => transition.when === null || (choice & (1 << guarded.indexOf(transition))) !== 0,
      )
    }
  }
}

/** The steps from the initial states to a reached set. */
export function witnessOf(reached: Reached): readonly WitnessStep[] {
  const steps: WitnessStep[] = []
  for (let at = reached; at.parent !== null && at.via !== null; at = at.parent) {
    steps.unshift({ signal: at.via.signal, fired: at.via.fired.map(({ name }) => name), states: at.marking.names })
  }
  return steps
}

/** The sets from which a final one can be reached. What was not looked into counts as such. */
export function completing(reached: readonly Reached[]): ReadonlySet<Reached> {
  const before = new Map<Reached, Reached[]>()
  for (const from of reached) for (const to of from.next) before.set(to, [...(before.get(to) ?? []), from])
  const found = new Set(reached.filter(({ marking, explored }) => marking.done || !explored))
  for (const one of found) for (const earlier of before.get(one) ?? []) found.add(earlier)
  return found
}
