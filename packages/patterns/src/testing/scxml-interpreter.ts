import type { XmlElement } from '../xml/read.ts'
import type { ScxmlDocument } from '../scxml/read-tree.ts'
import type { ScxmlState, ScxmlTransition } from '../scxml/tree.ts'

export type Data = Readonly<Record<string, number>>
/** Expressions of documents in tests, by their text. */
export type Meanings = ReadonlyMap<string, (data: Data, isIn: (id: string) => boolean) => number | boolean>

/** Steps of one macrostep; a document that goes on is left there. */
const mostSteps = 200

/**
 * Interprets SCXML as appendix A of the recommendation says it, step by step on the document itself. It shares nothing with the
 * import but the reading of the tree, so that the two can be compared.
 */
export class ScxmlInterpreter {
  readonly #document: ScxmlDocument
  readonly #meanings: Meanings
  readonly #configuration = new Set<ScxmlState>()
  readonly #internal: string[] = []
  readonly #external: string[] = []
  #data: Data
  running = true
  /** It did not come to rest. */
  endless = false

  constructor(document: ScxmlDocument, meanings: Meanings, data: Data) {
    this.#document = document
    this.#meanings = meanings
    this.#data = data
  }

  get states(): string[] {
    return [...this.#configuration]
      .filter(({ children }) => children.length === 0)
      .map(({ id }) => id ?? '')
      .sort()
  }

  get data(): Data {
    return this.#data
  }

  start(): void {
    const { root } = this.#document
    this.#configuration.add(root)
    if (root.initial !== null) this.#run(root.initial.content)
    this.#enter(root, root.initial?.targets ?? root.children.slice(0, 1))
    this.#macrostep()
    this.#drain()
  }

  send(event: string): void {
    if (!this.running) return
    this.#external.push(event)
    this.#drain()
  }

  /** What the document sent to itself from outside comes before anything else, as in the simulator. */
  #drain(): void {
    for (let taken = 0; this.running && !this.endless; taken += 1) {
      const next = this.#external.shift()
      if (next === undefined) return
      this.endless = taken > mostSteps
      this.#microstep(this.#select(next))
      this.#macrostep()
    }
  }

  #macrostep(): void {
    for (let step = 0; this.running; step += 1) {
      if (step > mostSteps) {
        this.endless = true
        return
      }
      const eventless = this.#select(null)
      if (eventless.length > 0) {
        this.#microstep(eventless)
        continue
      }
      const event = this.#internal.shift()
      if (event === undefined) return
      this.#microstep(this.#select(event))
    }
  }

  #select(event: string | null): ScxmlTransition[] {
    const enabled: ScxmlTransition[] = []
    const atomic = this.#inOrder().filter(({ children }) => children.length === 0)
    for (const state of atomic) {
      const found = [state, ...ancestors(state)]
        .flatMap(({ transitions }) => transitions)
        .find((transition) => this.#isEnabled(transition, event))
      if (found !== undefined && !enabled.includes(found)) enabled.push(found)
    }
    return this.#withoutConflicts(enabled)
  }

  #isEnabled({ events, cond }: ScxmlTransition, event: string | null): boolean {
    const on =
      event === null
        ? events.length === 0
        : events.some((descriptor) => descriptor === event || event.startsWith(`${descriptor}.`))
    return on && (cond === null || this.#value(cond) === true)
  }

  #withoutConflicts(enabled: readonly ScxmlTransition[]): ScxmlTransition[] {
    let kept: ScxmlTransition[] = []
    for (const first of enabled) {
      let preempted = false
      const removed = new Set<ScxmlTransition>()
      for (const second of kept) {
        const exits = this.#exitSet(second)
        if (!this.#exitSet(first).some((state) => exits.includes(state))) continue
        if (ancestors(first.source).includes(second.source)) removed.add(second)
        else {
          preempted = true
          break
        }
      }
      if (!preempted) kept = [...kept.filter((transition) => !removed.has(transition)), first]
    }
    return kept
  }

  #exitSet(transition: ScxmlTransition): ScxmlState[] {
    const domain = domainOf(transition)
    return domain === null ? [] : this.#inOrder().filter((state) => ancestors(state).includes(domain))
  }

  #microstep(transitions: readonly ScxmlTransition[]): void {
    const exited = new Set(transitions.flatMap((transition) => this.#exitSet(transition)))
    for (const state of this.#inOrder().toReversed()) {
      if (!exited.has(state)) continue
      for (const block of state.onexit) this.#run(block.children)
      this.#configuration.delete(state)
    }
    for (const { content } of transitions) this.#run(content)
    const entering = transitions.map((transition) => ({ transition, domain: domainOf(transition) }))
    for (const { transition, domain } of entering) if (domain !== null) this.#enter(domain, transition.targets)
  }

  /** Enters what the targets need within a state that is current; document order, as domains do not overlap. */
  #enter(within: ScxmlState, targets: readonly ScxmlState[]): void {
    for (const child of within.children) {
      const wanted =
        within.kind === 'parallel' || targets.some((target) => target === child || ancestors(target).includes(child))
      if (wanted)
        this.#enterState(
          child,
          targets.filter((target) => ancestors(target).includes(child)),
        )
    }
  }

  #enterState(state: ScxmlState, targets: readonly ScxmlState[]): void {
    this.#configuration.add(state)
    for (const block of state.onentry) this.#run(block.children)
    if (state.kind === 'final') return this.#finished(state)
    if (state.kind === 'parallel' || targets.length > 0) return this.#enter(state, targets)
    if (state.initial !== null) this.#run(state.initial.content)
    this.#enter(state, state.initial?.targets ?? state.children.slice(0, 1))
  }

  #finished({ parent }: ScxmlState): void {
    if (parent === null || parent.kind === 'scxml') {
      this.running = false
      return
    }
    this.#internal.push(`done.state.${parent.id}`)
    const above = parent.parent
    if (above?.kind === 'parallel' && above.children.every((child) => this.#isInFinal(child)))
      this.#internal.push(`done.state.${above.id}`)
  }

  #isInFinal(state: ScxmlState): boolean {
    if (state.kind === 'parallel') return state.children.every((child) => this.#isInFinal(child))
    return state.children.some((child) => child.kind === 'final' && this.#configuration.has(child))
  }

  #run(content: readonly XmlElement[]): void {
    for (const { name, attributes } of content) {
      const event = attributes.get('event') ?? ''
      if (name === 'raise') this.#internal.push(event)
      else if (name === 'send') this.#external.push(event)
      else if (name === 'assign')
        this.#data = {
          ...this.#data,
          [attributes.get('location') ?? '']: Number(this.#value(attributes.get('expr') ?? '')),
        }
    }
  }

  #value(text: string): number | boolean {
    const meaning = this.#meanings.get(text)
    if (meaning === undefined) throw new TypeError(`no meaning of ${text}`)
    return meaning(this.#data, (id) => [...this.#configuration].some((state) => state.id === id))
  }

  #inOrder(): ScxmlState[] {
    return [...this.#configuration].sort((a, b) => a.order - b.order)
  }
}

function ancestors(state: ScxmlState): ScxmlState[] {
  return state.parent === null ? [] : [state.parent, ...ancestors(state.parent)]
}

function domainOf({ source, targets, internal }: ScxmlTransition): ScxmlState | null {
  if (targets.length === 0) return null
  const compound = (state: ScxmlState): boolean =>
    state.kind === 'scxml' || (state.kind === 'state' && state.children.length > 0)
  const holdsAll = (state: ScxmlState): boolean => targets.every((target) => ancestors(target).includes(state))
  if (internal && compound(source) && holdsAll(source)) return source
  return ancestors(source).find((state) => compound(state) && holdsAll(state)) ?? null
}
