import { after } from '../markings.ts'
import type { Placed } from './placement.ts'
import { domainOf, isWithin, type ScxmlState } from './tree.ts'
import { asTransition } from './placement.ts'
import type { Note } from './write-effects.ts'

/**
 * Signals to take back when a state is left, by the state's name: the `while` of the engine. Noted where leaving in SCXML and no
 * longer being current in the engine are not the same.
 */
export function cancelledOnExit(
  placed: readonly Placed[],
  byName: ReadonlyMap<string, ScxmlState>,
  note: Note,
): ReadonlyMap<string, ReadonlySet<string>> {
  const cancelled = new Map<string, Set<string>>()
  const always = new Map<string, string>()
  for (const { transition, index, when } of placed) {
    for (const [at, { signal, while: states = [], after: delay, to = 'self' }] of (transition.emit ?? []).entries()) {
      if (delay === undefined || to !== 'self') continue
      const pointer = `/transitions/${index}/emit/${at}`
      const key = [...states].sort().join(' ')
      if ((always.get(signal) ?? key) !== key)
        note('while', pointer, `${signal} is taken back also when it was sent under other states`)
      always.set(signal, key)
      if (when.some((marking) => states.some((state) => !after(marking, [transition]).has(state))))
        note(
          'while',
          `${pointer}/while`,
          `${signal} is sent and never taken back where its states are not current from the start`,
        )
      for (const state of states) {
        cancelled.set(state, (cancelled.get(state) ?? new Set()).add(signal))
        noteReentries(state, signal, pointer, placed, byName, note)
      }
    }
  }
  return cancelled
}

/** A state that is left and entered in one step was never not current. */
function noteReentries(
  name: string,
  signal: string,
  pointer: string,
  placed: readonly Placed[],
  byName: ReadonlyMap<string, ScxmlState>,
  note: Note,
): void {
  const state = byName.get(name)
  if (state === undefined) return
  const again = placed.some(({ transition, sources, targets, when }) =>
    sources.some((source) => {
      const domain = targets === null ? null : domainOf(asTransition(source, targets))
      return (
        domain !== null &&
        isWithin(state, domain) &&
        when.some((marking) => marking.has(name) && after(marking, [transition]).has(name))
      )
    }),
  )
  if (again)
    note('while', `${pointer}/while`, `${signal} is taken back also when ${name} is left and entered again in one step`)
}
