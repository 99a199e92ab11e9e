import { asTransition, type Placed } from './placement.ts'
import { conflict } from './selections.ts'
import { isWithin, type ScxmlState } from './tree.ts'

/** How two transitions on one signal are told apart differently here and there; null when they are not. */
export function rivalry(first: Placed, second: Placed): string | null {
  const together = first.when.filter((marking) => second.when.includes(marking))
  if (together.length === 0) return null
  for (const source of first.sources) {
    for (const other of second.sources) {
      const found = compare(first, source, second, other, together)
      if (found !== null) return found
    }
  }
  return null
}

/** `first` is declared first. */
function compare(
  first: Placed,
  source: ScxmlState,
  second: Placed,
  other: ScxmlState,
  together: readonly ReadonlySet<string>[],
): string | null {
  const both = !first.transition.from.some((state) => second.transition.from.includes(state))
  const line = source === other || isWithin(source, other) || isWithin(other, source)
  if (!line && !together.some((marking) => isIn(source, marking) && isIn(other, marking))) return null
  const meet = line || conflict(asTransition(source, first.targets ?? []), asTransition(other, second.targets ?? []))
  if (both) {
    if (meet) return 'both can fire on one signal; in SCXML only one of them is taken'
    const effects = hasEffects(first) && hasEffects(second)
    return effects && other.order < source.order ? 'in SCXML what the later one does is done first' : null
  }
  if (!meet) return 'only the first may fire; in SCXML both are taken'
  const later =
    source !== other && (isWithin(other, source) || (!isWithin(source, other) && other.order < source.order))
  return later ? 'the one declared first fires; in SCXML it is the other' : null
}

function isIn({ name, children }: ScxmlState, marking: ReadonlySet<string>): boolean {
  return children.length === 0 ? marking.has(name) : children.some((child) => isIn(child, marking))
}

function hasEffects({ transition }: Placed): boolean {
  const { set = {}, emit = [], cancel = [] } = transition
  return Object.keys(set).length + emit.length + cancel.length > 0
}
