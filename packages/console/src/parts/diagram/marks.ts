import type { Model } from '@sutler/engine'
import type { Box, Picture } from '@sutler/patterns/diagram'

/** What a diagram shows beside the model itself. */
export interface DiagramMarks {
  /** States that are current. */
  readonly current: ReadonlySet<string>
  /** Names of the transitions that have fired last. */
  readonly fired: ReadonlySet<string>
  /** The state that somebody looks at. */
  readonly marked: string | null
  readonly onState?: ((state: string) => void) | undefined
  /** Index in the model's transitions. */
  readonly onTransition?: ((transition: number) => void) | undefined
}

/** As those who cannot see the picture hear it. */
export function stateTitle(model: Model, state: string, current: ReadonlySet<string>, words: StateWords): string {
  const marks = [
    model.initial.includes(state) ? words.initial : '',
    model.final.includes(state) ? words.final : '',
    current.has(state) ? words.current : '',
  ].filter((word) => word !== '')
  return marks.length === 0 ? state : `${state} (${marks.join(', ')})`
}

export interface StateWords {
  readonly initial: string
  readonly final: string
  readonly current: string
}

/** The boxes of states. */
export function boxesOf(picture: Picture, states: ReadonlySet<string>): Box[] {
  return picture.nodes.filter(({ node }) => node.state !== null && states.has(node.state))
}

/** What a key does on something that can be pressed. */
export function pressed(press: () => void): (event: { readonly key: string; preventDefault(): void }) => void {
  return (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return
    event.preventDefault()
    press()
  }
}
