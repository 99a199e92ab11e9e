import { nearestName } from '@sutler/engine'
import type { XmlElement } from '../xml/read.ts'
import { ScxmlError } from './error.ts'
import { scxmlLimits } from './limits.ts'
import type { Losses } from './losses.ts'
import { commonAncestor, isWithin, type ScxmlState, type ScxmlTransition } from './tree.ts'

export const scxmlNamespace = 'http://www.w3.org/2005/07/scxml'

export interface ScxmlDocument {
  readonly root: ScxmlState
  readonly name: string | null
  readonly datamodel: string
  /** Every `<data>`, in document order. */
  readonly data: readonly XmlElement[]
  /** In document order, the document itself first. */
  readonly states: readonly ScxmlState[]
  readonly byId: ReadonlyMap<string, ScxmlState>
}

/** Elements that stand beside a state's states and transitions, and what is done with them. */
const passedOver: Readonly<Record<string, string>> = {
  script: 'scripts are not run',
  invoke: 'nothing is invoked: a model calls other models by `call`, which has no counterpart in <invoke>',
}
const stateKinds = new Set(['state', 'parallel', 'final'])

/** Reads the states and transitions of a document. @throws ScxmlError */
export function readTree(element: XmlElement, losses: Losses): ScxmlDocument {
  return new TreeReader(losses).read(element)
}

class TreeReader {
  readonly #losses: Losses
  readonly #byId = new Map<string, ScxmlState>()
  readonly #states: ScxmlState[] = []
  readonly #data: XmlElement[] = []
  /** Resolved when all ids are known. */
  readonly #later: (() => void)[] = []
  /** Of history states: where they lead when nothing is remembered. */
  readonly #history = new Map<string, XmlElement>()

  constructor(losses: Losses) {
    this.#losses = losses
  }

  read(element: XmlElement): ScxmlDocument {
    if (element.name !== 'scxml' || element.namespace !== scxmlNamespace)
      throw new ScxmlError('not-scxml', `expected <scxml xmlns="${scxmlNamespace}">, found <${element.name}>`, element)
    const version = element.attributes.get('version')
    if (version !== '1.0')
      throw new ScxmlError('not-scxml', `expected version="1.0", found ${version ?? 'no version'}`, element)
    const root = this.#state(element, 'scxml', null)
    if (root.children.length === 0) throw new ScxmlError('no-states', 'the document has no state', element)
    if (this.#later.length > 2 * scxmlLimits.transitions)
      throw new ScxmlError('too-many-transitions', `more than ${scxmlLimits.transitions} transitions`, element)
    for (const resolve of this.#later) resolve()
    const binding = element.attributes.get('binding')
    if (binding !== undefined && binding !== 'early')
      this.#losses.add(
        'binding',
        element,
        'data get their values at the beginning, not when their state is first entered',
      )
    return {
      root,
      name: element.attributes.get('name') ?? null,
      datamodel: element.attributes.get('datamodel') ?? 'null',
      data: this.#data,
      states: this.#states,
      byId: this.#byId,
    }
  }

  #state(element: XmlElement, kind: ScxmlState['kind'], parent: ScxmlState | null): ScxmlState {
    const id = kind === 'scxml' ? null : (element.attributes.get('id') ?? null)
    const { line, column } = element
    const state: ScxmlState = {
      kind,
      id,
      parent,
      line,
      column,
      name: '',
      order: this.#states.length,
      depth: (parent?.depth ?? -1) + 1,
      children: [],
      onentry: [],
      onexit: [],
      transitions: [],
      initial: null,
      donedata: element.children.find(({ name }) => name === 'donedata') ?? null,
    }
    if (id !== null) this.#declare(id, state, element)
    this.#states.push(state)
    for (const child of element.children) this.#child(child, state)
    const initial = element.attributes.get('initial')
    if (initial !== undefined) this.#later.push(() => this.#setInitial(state, initial, element, []))
    return state
  }

  #declare(id: string, state: ScxmlState | null, element: XmlElement): void {
    const first = this.#byId.has(id) || this.#history.has(id)
    if (first) throw new ScxmlError('duplicate-id', `id ${id} is used twice`, element)
    if (state !== null) this.#byId.set(id, state)
  }

  #child(element: XmlElement, state: ScxmlState): void {
    const { name, namespace } = element
    if (namespace !== scxmlNamespace)
      return this.#losses.add('foreign-element', element, `<${name}> is not of SCXML and is passed over`)
    if (stateKinds.has(name) && state.kind !== 'final') {
      state.children.push(this.#state(element, name as ScxmlState['kind'], state))
      return
    }
    const passed = passedOver[name]
    if (passed !== undefined) return this.#losses.add(`${name}-element`, element, passed)
    switch (name) {
      case 'transition':
        this.#later.push(() => state.transitions.push(this.#transition(element, state)))
        return
      case 'onentry':
      case 'onexit':
        state[name].push(element)
        return
      case 'initial':
        this.#later.push(() => this.#initialElement(element, state))
        return
      case 'datamodel':
        this.#data.push(...element.children.filter((child) => child.name === 'data'))
        return
      case 'history':
        return this.#historyState(element)
      case 'donedata':
        return
      default:
        throw new ScxmlError('unknown-element', `<${name}> cannot stand in <${state.kind}>`, element)
    }
  }

  #historyState(element: XmlElement): void {
    const id = element.attributes.get('id')
    if (id === undefined) return
    this.#declare(id, null, element)
    this.#history.set(id, element)
    this.#losses.add('history-element', element, `history is not remembered: what leads to ${id} enters its default`)
  }

  #initialElement(element: XmlElement, state: ScxmlState): void {
    const transition = element.children.find(({ name }) => name === 'transition')
    const targets = transition?.attributes.get('target')
    if (transition === undefined || targets === undefined)
      throw new ScxmlError('no-target', '<initial> needs a <transition> with a target', element)
    this.#setInitial(state, targets, transition, transition.children)
  }

  #setInitial(state: ScxmlState, ids: string, element: XmlElement, content: readonly XmlElement[]): void {
    const targets = this.#targets(ids, element)
    const outside = targets.find((target) => !isWithin(target, state))
    if (outside !== undefined)
      throw new ScxmlError('bad-target', `initial state ${outside.id ?? ''} is not within ${state.id ?? 'it'}`, element)
    state.initial = { targets, content }
  }

  #transition(element: XmlElement, source: ScxmlState): ScxmlTransition {
    const { attributes, children, line, column } = element
    const target = attributes.get('target')
    return {
      source,
      line,
      column,
      content: children,
      events: words(attributes.get('event') ?? ''),
      cond: attributes.get('cond') ?? null,
      internal: attributes.get('type') === 'internal',
      targets: target === undefined ? [] : this.#targets(target, element),
    }
  }

  #targets(ids: string, element: XmlElement, depth = 0): readonly ScxmlState[] {
    const named = words(ids)
    if (named.length > scxmlLimits.targets)
      throw new ScxmlError('bad-target', `${named.length} targets, limit ${scxmlLimits.targets}`, element)
    const targets = named.flatMap((id) => {
      const history = this.#history.get(id)
      if (history !== undefined) return this.#historyDefault(id, history, depth)
      const state = this.#byId.get(id)
      if (state !== undefined) return [state]
      const near = nearestName(id, this.#byId.keys())
      throw new ScxmlError('unknown-state', `no state ${id}${near === null ? '' : `, did you mean ${near}?`}`, element)
    })
    for (const [index, target] of targets.entries()) {
      const apart = targets.slice(0, index).find((other) => !compatible(target, other))
      if (apart !== undefined)
        throw new ScxmlError('bad-target', `${apart.id} and ${target.id} cannot be current at once`, element)
    }
    return targets
  }

  #historyDefault(id: string, history: XmlElement, depth: number): readonly ScxmlState[] {
    const transition = history.children.find(({ name }) => name === 'transition')
    const targets = transition?.attributes.get('target')
    if (transition === undefined || targets === undefined || depth > 16)
      throw new ScxmlError('no-target', `history ${id} has no default`, history)
    return this.#targets(targets, transition, depth + 1)
  }
}

/** 3.5: targets of one transition are in different regions of a parallel state. */
function compatible(a: ScxmlState, b: ScxmlState): boolean {
  return a === b || isWithin(a, b) || isWithin(b, a) || commonAncestor(a, b).kind === 'parallel'
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '')
}
