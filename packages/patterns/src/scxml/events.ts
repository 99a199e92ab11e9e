import type { XmlElement, XmlPlace } from '../xml/read.ts'
import { ScxmlError } from './error.ts'
import { scxmlLimits } from './limits.ts'
import type { Losses } from './losses.ts'
import type { ScxmlDocument } from './read-tree.ts'
import { matches, type ScxmlTransition } from './tree.ts'

export interface Events {
  /** Where the document names them first, in that order. */
  readonly names: ReadonlyMap<string, XmlPlace>
  readonly heard: (event: string) => boolean
}

/** Every event that a document names, and what else may come by its own doing. A model knows signals by their whole names. */
export function eventsOf(document: ScxmlDocument, element: XmlElement, losses: Losses): Events {
  const transitions = document.states.flatMap((state) => state.transitions)
  const descriptors = new Set(transitions.flatMap(({ events }) => events))
  if (descriptors.size > scxmlLimits.events)
    throw new ScxmlError('too-many-events', `more than ${scxmlLimits.events} event descriptors`, element)
  const heard = (event: string): boolean => [...descriptors].some((descriptor) => matches(descriptor, event))
  const names = new Map<string, XmlPlace>()
  const name = (event: string, place: XmlPlace): void => {
    if (!names.has(event) && heard(event)) names.set(event, place)
  }
  for (const transition of transitions) {
    for (const descriptor of transition.events) {
      const whole = descriptor.replace(/\.\*$|\.$/, '')
      warn(descriptor, whole, transition, losses)
      if (whole !== '*' && whole !== '') name(whole, transition)
    }
  }
  const waiting = [element]
  for (const at of waiting) {
    waiting.push(...at.children)
    const event = at.attributes.get('event')
    if (event !== undefined && (at.name === 'raise' || at.name === 'send')) name(event, at)
  }
  for (const state of document.states) {
    if (state.id !== null && state.children.length > 0) name(`done.state.${state.id}`, state)
  }
  if (names.size > scxmlLimits.events)
    throw new ScxmlError('too-many-events', `more than ${scxmlLimits.events} events`, element)
  return { names, heard }
}

function warn(descriptor: string, whole: string, transition: ScxmlTransition, losses: Losses): void {
  if (descriptor !== whole || whole === '*')
    losses.add('wildcard', transition, `${descriptor} stands for the events that the document names, not for others`)
  if (/^error(?:\.|$)/.test(whole))
    losses.add(
      'error-event',
      transition,
      `${whole} never comes by itself: an error undoes the step, and the instance is flagged`,
    )
  if (/^done\.invoke(?:\.|$)/.test(whole))
    losses.add('invoke-event', transition, `${whole} never comes: nothing is invoked`)
}
