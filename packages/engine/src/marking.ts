import type { CompiledTransition } from './compiled.ts'

/** A set of current states, one object per distinct set, with what was worked out about it. */
export interface Marking {
  /** Sorted, each once. */
  readonly names: readonly string[]
  /** Section 2.11: empty, or final states only. */
  readonly done: boolean
  /** Per signal type: its transitions whose `from` is a subset, in order of declaration. */
  readonly candidates: Map<string, readonly CompiledTransition[]>
  /** The set after one transition alone has fired. */
  readonly after: Map<CompiledTransition, Marking>
}

/** More distinct sets than this are worked out anew instead of being kept. */
const kept = 4096

export class Markings {
  readonly #final: ReadonlySet<string>
  readonly #bySignal: ReadonlyMap<string, readonly CompiledTransition[]>
  readonly #byKey = new Map<string, Marking>()
  /** An instance that stayed in memory comes back with the very array it was given. */
  readonly #byNames = new WeakMap<readonly string[], Marking>()
  #last: Marking | undefined

  constructor(final: readonly string[], bySignal: ReadonlyMap<string, readonly CompiledTransition[]>) {
    this.#final = new Set(final)
    this.#bySignal = bySignal
  }

  /** The marking of a sorted list of states. */
  of(names: readonly string[]): Marking {
    if (this.#last?.names === names) return this.#last
    const marking = this.#byNames.get(names) ?? this.#intern(names)
    if (marking.names === names) this.#last = marking
    else this.#byNames.set(names, marking)
    return marking
  }

  #intern(names: readonly string[]): Marking {
    const key = names.join(' ')
    const known = this.#byKey.get(key)
    if (known !== undefined) return known
    const marking: Marking = {
      names,
      done: names.every((state) => this.#final.has(state)),
      candidates: new Map(),
      after: new Map(),
    }
    if (this.#byKey.size >= kept) this.#forget()
    this.#byKey.set(key, marking)
    this.#byNames.set(names, marking)
    return marking
  }

  /** Also what the markings know of each other, or one that is still in use would keep all others. */
  #forget(): void {
    for (const marking of this.#byKey.values()) marking.after.clear()
    this.#byKey.clear()
  }

  /** Section 2.5, the half of it that does not depend on guards. */
  candidates(marking: Marking, signal: string): readonly CompiledTransition[] {
    const known = marking.candidates.get(signal)
    if (known !== undefined) return known
    const all = this.#bySignal.get(signal) ?? []
    const found = subsets(marking, all)
    marking.candidates.set(signal, found)
    return found
  }

  /** Section 2.8: `M' = (M − all fired from − all fired clear) ∪ all fired to`. */
  after(marking: Marking, fired: readonly CompiledTransition[]): Marking {
    const only = fired.length === 1 ? fired[0] : undefined
    const known = only === undefined ? undefined : marking.after.get(only)
    if (known !== undefined) return known
    const states = new Set(fired.some((transition) => transition.clearsAll) ? [] : marking.names)
    for (const { from, clear } of fired) for (const state of [...from, ...clear]) states.delete(state)
    for (const { to } of fired) for (const state of to) states.add(state)
    const next = this.#intern([...states].sort())
    if (only !== undefined) marking.after.set(only, next)
    return next
  }
}

/** The transitions whose `from` is a subset of the marking. */
export function subsets({ names }: Marking, transitions: readonly CompiledTransition[]): readonly CompiledTransition[] {
  return transitions.filter(({ from }) => from.every((state) => names.includes(state)))
}

/** Section 2.6: of the enabled ones, in order, those none of whose `from` states an earlier one consumed. */
export function withoutConflicts(enabled: readonly CompiledTransition[]): readonly CompiledTransition[] {
  if (enabled.length < 2) return enabled
  const consumed = new Set<string>()
  return enabled.filter(({ from }) => {
    if (from.some((state) => consumed.has(state))) return false
    for (const state of from) consumed.add(state)
    return true
  })
}
