import type { XmlElement, XmlPlace } from '../xml/read.ts'

/** A state of an SCXML document (3.2–3.7), the document itself at the top. */
export interface ScxmlState extends XmlPlace {
  readonly kind: 'scxml' | 'state' | 'parallel' | 'final'
  /** As the document says it; null when it has none. */
  readonly id: string | null
  /** The model's name for it, when it is atomic. */
  name: string
  readonly parent: ScxmlState | null
  readonly children: ScxmlState[]
  /** Place in document order. */
  readonly order: number
  readonly depth: number
  readonly onentry: XmlElement[]
  readonly onexit: XmlElement[]
  readonly donedata: XmlElement | null
  readonly transitions: ScxmlTransition[]
  /** Default initial states of a compound state; null = its first child. */
  initial: { readonly targets: readonly ScxmlState[]; readonly content: readonly XmlElement[] } | null
}

/** `<transition>` (3.5). */
export interface ScxmlTransition extends XmlPlace {
  readonly source: ScxmlState
  /** Event descriptors; empty = eventless. */
  readonly events: readonly string[]
  readonly cond: string | null
  readonly internal: boolean
  /** Empty = the transition changes no state. */
  readonly targets: readonly ScxmlState[]
  readonly content: readonly XmlElement[]
}

export function isAtomic(state: ScxmlState): boolean {
  return state.children.length === 0
}

/** Proper descendant. */
export function isWithin(state: ScxmlState, ancestor: ScxmlState): boolean {
  for (let at = state.parent; at !== null; at = at.parent) if (at === ancestor) return true
  return false
}

/** The state and its ancestors, the document last. */
export function lineage(state: ScxmlState): ScxmlState[] {
  const line: ScxmlState[] = []
  for (let at: ScxmlState | null = state; at !== null; at = at.parent) line.push(at)
  return line
}

/** Atomic states within, in document order; itself when it is atomic. */
export function leavesOf(state: ScxmlState): ScxmlState[] {
  return isAtomic(state) ? [state] : state.children.flatMap(leavesOf)
}

/** Atomic states of which exactly one is current whenever the state is: of a parallel one, those of its first region. */
export function representatives(state: ScxmlState): ScxmlState[] {
  if (isAtomic(state)) return [state]
  const [first] = state.children
  return state.kind === 'parallel' && first !== undefined
    ? representatives(first)
    : state.children.flatMap(representatives)
}

/** Innermost state that holds both (one may be the other). */
export function commonAncestor(a: ScxmlState, b: ScxmlState): ScxmlState {
  const line = new Set(lineage(a))
  for (const state of lineage(b)) if (line.has(state)) return state
  return a
}

/** Whether both can be current at once. */
export function canBeTogether(a: ScxmlState, b: ScxmlState): boolean {
  if (a === b || isWithin(a, b) || isWithin(b, a)) return true
  return commonAncestor(a, b).kind === 'parallel'
}

/** Appendix A, getTransitionDomain: all that is current within it is exited. Null for one without a target. */
export function domainOf({ source, targets, internal }: ScxmlTransition): ScxmlState | null {
  if (targets.length === 0) return null
  const compound = source.kind === 'state' && !isAtomic(source)
  if (internal && compound && targets.every((target) => isWithin(target, source))) return source
  for (const state of lineage(source).slice(1)) {
    if (state.kind !== 'parallel' && targets.every((target) => isWithin(target, state))) return state
  }
  return lineage(source).at(-1) ?? null
}

/** 3.12.1: a descriptor matches an event whose tokens it begins; `*` and `.*` at its end change nothing. */
export function matches(descriptor: string, event: string): boolean {
  const prefix = descriptor.replace(/\.\*$|\.$/, '')
  return prefix === '*' || prefix === event || event.startsWith(`${prefix}.`)
}

/** The default initial states of a compound state. */
export function defaultsOf(state: ScxmlState): readonly ScxmlState[] {
  return state.initial?.targets ?? state.children.slice(0, 1)
}
