import type { Model } from '@sutler/engine'
import type { Loss } from '../losses.ts'
import { writeXml, type XmlNode } from '../xml/write.ts'
import { isEngineVariable } from './expressions.ts'
import { type Markings, isDone, reachableMarkings } from '../markings.ts'
import { type Placed, Placement } from './placement.ts'
import { scxmlNamespace } from './read-tree.ts'
import { flat, regionsOf } from './regions.ts'
import { rivalry } from './rivals.ts'
import { cancelledOnExit } from './timers.ts'
import { leavesOf, type ScxmlState } from './tree.ts'
import { contentOf, element, inScxml } from './write-effects.ts'

/** A model as SCXML with `datamodel="cel"`, and what of it SCXML does not say (docs/reference/scxml.md). */
export function toScxml(model: Model): { readonly text: string; readonly losses: readonly Loss[] } {
  return new Exporter(model).export()
}

class Exporter {
  readonly #model: Model
  readonly #markings: Markings
  readonly #root: ScxmlState
  readonly #initial: readonly string[]
  readonly #losses: Loss[] = []
  #transitions = new Map<ScxmlState, XmlNode[]>()
  #cancelled: ReadonlyMap<string, ReadonlySet<string>> = new Map()
  /** Final states of regions that end the document together. */
  #regionEnds: ReadonlySet<string> = new Set()
  #end: string | null = null

  constructor(model: Model) {
    this.#model = model
    this.#markings = reachableMarkings(model)
    const found = regionsOf(model, this.#markings)
    this.#root = found ?? flat(model)
    this.#initial = found === null ? model.initial.slice(0, 1) : model.initial
    if (!this.#markings.whole)
      this.#note(
        'bound-reached',
        '/states',
        `only the first ${this.#markings.sets.length} sets of current states were looked at`,
      )
    if (found === null)
      this.#note(
        'no-regions',
        '/states',
        'the sets of current states are no regions: the document has one current state at a time',
      )
  }

  export(): { readonly text: string; readonly losses: readonly Loss[] } {
    this.#declarations()
    const placement = new Placement(this.#model, this.#root, this.#markings)
    const placed = this.#model.transitions.map((transition, index) => placement.of(transition, index))
    const byName = new Map(leavesOf(this.#root).map((leaf) => [leaf.name, leaf]))
    this.#findEnds(placed)
    this.#cancelled = cancelledOnExit(placed, byName, this.#note)
    for (const one of placed) this.#place(one)
    this.#compare(placed)
    return { text: writeXml(this.#document()), losses: this.#losses }
  }

  readonly #note = (code: string, place: string, message: string): void => {
    this.#losses.push({ code, place, message })
  }

  /** What the document has no place for at all. */
  #declarations(): void {
    const { version, title, shared, data = {}, signals = {}, returns, transitions } = this.#model
    this.#note('version', '/version', `SCXML documents have no version: ${version} is not kept`)
    if (title !== undefined) this.#note('title', '/title', 'SCXML documents have no title')
    if (transitions.length > 0) this.#note('names', '/transitions', 'transitions of SCXML have no names')
    if (shared !== undefined)
      this.#note('shared', '/shared', 'model data become a datum of the document: no other instance sees them')
    if (returns !== undefined) this.#note('returns', '/returns', 'nobody is told what the instance returns')
    for (const name of Object.keys(data)) {
      if (isEngineVariable(name) || name.includes('-'))
        this.#note('data-name', `/data/${name}`, `${name} cannot be told from something else in expressions`)
    }
    for (const [name, { args, urgent, deferrable }] of Object.entries(signals)) {
      if (args !== undefined) this.#note('signal-args', `/signals/${name}/args`, `what ${name} carries is not checked`)
      else this.#note('signal-args', `/signals/${name}`, `${name} may carry data, which the engine rejects`)
      if (urgent === true) this.#note('urgent', `/signals/${name}/urgent`, `${name} waits like any other event`)
      if (deferrable === true)
        this.#note('deferrable', `/signals/${name}/deferrable`, `${name} is dropped when nothing is on it, not kept`)
    }
  }

  /** A model is done when only final states are current; SCXML when a final state of the document itself is entered. */
  #findEnds(placed: readonly Placed[]): void {
    const { final } = this.#model
    const tops = this.#root.children.filter(({ kind }) => kind === 'parallel')
    const top = tops[0]
    const alone = tops.length === 1
    const done = this.#markings.sets.filter((marking) => marking.size > 1 && isDone(this.#model, marking))
    const regions = top?.children ?? []
    const simple =
      alone &&
      regions.every(({ children }) =>
        children.some(({ name, children: inner }) => inner.length === 0 && final.includes(name)),
      )
    const inside = top === undefined ? [] : leavesOf(top).filter(({ name }) => final.includes(name))
    const leaves = inside.filter(({ name }) =>
      placed.some(({ transition, when }) => when.length > 0 && transition.from.includes(name)),
    )
    const deep = inside.some(({ parent }) => parent === null || !regions.includes(parent))
    if (simple && leaves.length === 0 && !deep) {
      this.#regionEnds = new Set(inside.map(({ name }) => name))
      this.#end = this.#unused('ended')
    } else if (done.length > 0) {
      this.#note('done', '/final', 'the document does not end when several final states are current')
    }
    if (placed.some(({ ends }) => ends)) this.#end ??= this.#unused('ended')
  }

  #place(placed: Placed): void {
    const { transition, index, sources, also, targets, when, ends } = placed
    const pointer = `/transitions/${index}`
    if (when.length === 0) return this.#note('never-fires', pointer, `${transition.name} never fires and is left out`)
    if (targets === null)
      this.#note(
        'targets',
        pointer,
        `what ${transition.name} does to the states cannot be said by targets of one transition`,
      )
    if (ends)
      this.#note(
        'no-state',
        pointer,
        `${transition.name} leads to the final state ${this.#end}, for SCXML is always in a state`,
      )
    const conditions = [
      ...also.map((state) => `In('${state}')`),
      ...(transition.when === undefined ? [] : [inScxml(transition.when)]),
    ]
    const content = contentOf(placed, this.#model, this.#note)
    const target = ends ? (this.#end ?? '') : (targets ?? this.#nearest(placed)).map(({ id }) => id).join(' ')
    const cond = conditions.length > 1 ? conditions.map((condition) => `(${condition})`).join(' && ') : conditions[0]
    const written = element(
      'transition',
      { event: transition.on, cond, target: target === '' ? undefined : target },
      content,
    )
    for (const source of sources) this.#transitions.set(source, [...(this.#transitions.get(source) ?? []), written])
  }

  /** When none is exact: the first of the states that it leads to. */
  #nearest({ transition }: Placed): readonly ScxmlState[] {
    return leavesOf(this.#root).filter(({ name }) => name === transition.to[0])
  }

  #compare(placed: readonly Placed[]): void {
    for (const members of Map.groupBy(placed, ({ transition }) => transition.on).values()) {
      for (const [at, second] of members.entries()) {
        const found = members.slice(0, at).map((first) => ({ first, why: rivalry(first, second) }))
        const worst = found.find(({ why }) => why !== null)
        if (worst === undefined) continue
        const message = `${worst.first.transition.name} and ${second.transition.name}: ${worst.why}`
        this.#note('order', `/transitions/${second.index}`, message)
      }
    }
  }

  #document(): XmlNode {
    const { model, data = {}, shared } = this.#model
    const values = Object.entries({ ...data, ...(shared !== undefined && { shared }) })
    const datum = ([id, value]: (typeof values)[number]): XmlNode =>
      element('data', { id, expr: JSON.stringify(value) })
    const attributes = {
      xmlns: scxmlNamespace,
      version: '1.0',
      name: model,
      datamodel: 'cel',
      initial: this.#initial.join(' '),
    }
    return element('scxml', attributes, [
      ...(values.length === 0 ? [] : [element('datamodel', {}, values.map(datum))]),
      ...this.#root.children.map((child) => this.#state(child)),
      ...(this.#end === null ? [] : [element('final', { id: this.#end })]),
    ])
  }

  #state(state: ScxmlState): XmlNode {
    const isEnd = state.children.length === 0 && this.#model.final.includes(state.name)
    const ends = isEnd && (state.parent === this.#root || this.#regionEnds.has(state.name))
    const name = ends ? 'final' : state.kind
    const cancelled = [...(this.#cancelled.get(state.name) ?? [])].map((sendid) => element('cancel', { sendid }))
    const endsAll =
      this.#regionEnds.size > 0 && state.kind === 'parallel' && state.parent === this.#root && this.#end !== null
    return element(name, { id: state.id ?? undefined }, [
      ...(cancelled.length === 0 || ends ? [] : [element('onexit', {}, cancelled)]),
      ...(ends ? [] : (this.#transitions.get(state) ?? [])),
      ...(endsAll ? [element('transition', { event: `done.state.${state.id}`, target: this.#end ?? undefined })] : []),
      ...state.children.map((child) => this.#state(child)),
    ])
  }

  #unused(wanted: string): string {
    const { states } = this.#model
    let name = wanted
    for (let count = 2; states.includes(name); count += 1) name = `${wanted}-${count}`
    return name
  }
}
