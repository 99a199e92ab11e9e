import type { ScxmlDocument } from './read-tree.ts'
import { matches, type ScxmlState, type ScxmlTransition } from './tree.ts'

export interface RegionsEnd {
  /** The final states of the regions: when only such are current, the model is done as well. */
  readonly finals: readonly ScxmlState[]
  /** The document's final state that would be entered then; null when it is needed for other transitions. */
  readonly dropped: ScxmlState | null
}

/**
 * A document that ends when all regions of a parallel state have: `done.state.<id>` leads to a final state and does nothing else.
 * A model is done when only final states are current, so the regions' final states say the same.
 */
export function regionsEnd({ root, states }: ScxmlDocument): RegionsEnd | null {
  for (const parallel of root.children) {
    if (parallel.kind !== 'parallel' || parallel.id === null) continue
    const event = `done.state.${parallel.id}`
    const transition = parallel.transitions.find((candidate) => leadsToEnd(candidate, event))
    const [end] = transition?.targets ?? []
    if (transition === undefined || end === undefined || !parallel.children.every(endsInFinal)) continue
    const others = states.flatMap(({ transitions }) => transitions.filter((other) => other !== transition))
    if (others.some(({ events }) => events.some((descriptor) => matches(descriptor, event)))) continue
    parallel.transitions.splice(parallel.transitions.indexOf(transition), 1)
    const finals = parallel.children.flatMap(({ children }) => children.filter(({ kind }) => kind === 'final'))
    const needed = others.some(({ targets }) => targets.includes(end)) || root.initial?.targets.includes(end) === true
    return { finals, dropped: needed || root.children[0] === end ? null : end }
  }
  return null
}

function leadsToEnd({ events, cond, targets, content }: ScxmlTransition, event: string): boolean {
  const [end] = targets
  const plain =
    cond === null && content.length === 0 && targets.length === 1 && events.length === 1 && events[0] === event
  return (
    plain &&
    end?.kind === 'final' &&
    end.parent?.kind === 'scxml' &&
    end.onentry.length + end.onexit.length === 0 &&
    end.donedata === null
  )
}

function endsInFinal({ kind, children }: ScxmlState): boolean {
  return kind === 'state' && children.some((child) => child.kind === 'final')
}
