import type { Model, Transition } from '@sutler/engine'

/** More reachable sets of states than this are not looked at. */
const mostMarkings = 4096
/** Transitions with a guard on one signal of which every choice is tried. */
const mostGuards = 6

/** Sets of states that can be current, guards taken as possibly true or false. */
export interface Markings {
  readonly sets: readonly ReadonlySet<string>[]
  /** False when there were more. */
  readonly whole: boolean
}

export function reachableMarkings(model: Model): Markings {
  const signals = [...Map.groupBy(model.transitions, ({ on }) => on).values()]
  const first = new Set(model.initial)
  const known = new Map([[keyOf(first), first as ReadonlySet<string>]])
  for (const marking of known.values()) {
    if (isDone(model, marking)) continue
    for (const transitions of signals) {
      for (const fired of choices(enabledIn(marking, transitions))) {
        const next = after(marking, fired)
        if (known.size >= mostMarkings) return { sets: [...known.values()], whole: false }
        if (!known.has(keyOf(next))) known.set(keyOf(next), next)
      }
    }
  }
  return { sets: [...known.values()], whole: true }
}

export function isDone({ final }: Model, marking: ReadonlySet<string>): boolean {
  return [...marking].every((state) => final.includes(state))
}

export function enabledIn(marking: ReadonlySet<string>, transitions: readonly Transition[]): readonly Transition[] {
  return transitions.filter(({ from }) => from.every((state) => marking.has(state)))
}

/** Semantics 2.8. */
export function after(marking: ReadonlySet<string>, fired: readonly Transition[]): ReadonlySet<string> {
  const next = new Set(fired.some(({ clear }) => clear?.includes('*')) ? [] : marking)
  for (const { from, clear = [] } of fired) for (const state of [...from, ...clear]) next.delete(state)
  for (const { to } of fired) for (const state of to) next.add(state)
  return next
}

/** Which of the enabled ones fire together, for every truth of their guards (2.6). */
function choices(enabled: readonly Transition[]): (readonly Transition[])[] {
  const guarded = enabled.filter(({ when }) => when !== undefined)
  const subsets =
    guarded.length > mostGuards
      ? [guarded, [], ...guarded.map((one) => [one])]
      : Array.from({ length: 2 ** guarded.length }, (_, bits) =>
          guarded.filter((_one, index) => (bits >> index) % 2 === 1),
        )
  return subsets.map((subset) =>
    withoutConflicts(enabled.filter((one) => one.when === undefined || subset.includes(one))),
  )
}

function withoutConflicts(enabled: readonly Transition[]): readonly Transition[] {
  const consumed = new Set<string>()
  return enabled.filter(({ from }) => {
    if (from.some((state) => consumed.has(state))) return false
    for (const state of from) consumed.add(state)
    return true
  })
}

function keyOf(marking: ReadonlySet<string>): string {
  return [...marking].sort().join(' ')
}
