import type { Model, Transition } from '@sutler/engine'
import { type Card, cardOf, timedSignals } from './card.ts'
import { fitText, type Font, textWidth } from './metrics.ts'

/**
 * What a node of the picture is: `any` = the one source of what happens in every state, `end` = where a state goes that no state
 * follows, `link` = a state by its name only, in a picture with too many edges to draw each to its end.
 */
export type NodeKind = 'state' | 'fork' | 'any' | 'end' | 'start' | 'link'

export interface GraphNode {
  readonly id: string
  readonly kind: NodeKind
  /** A state's name as shown. */
  readonly text: string
  /** A state's name. */
  readonly state: string | null
  readonly width: number
  readonly height: number
  /** What is written in a fork. */
  readonly card: Card | null
}

export interface GraphEdge {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly card: Card | null
  /** Arrowheads at both ends: the state is needed and stays. */
  readonly both: boolean
}

export interface Graph {
  readonly nodes: readonly GraphNode[]
  readonly edges: readonly GraphEdge[]
  /** Transitions that take and change no state: listed beside the picture. */
  readonly anywhere: readonly Card[]
}

/** More edges than this, and those that lead back or far are drawn to a link. */
export const drawnWhole = 250

export const stateFont: Font = { size: 13, bold: true }
export const linkFont: Font = { size: 11 }
const stateWidth = 180
const smallest = { width: 76, height: 38 }
/** Room for one end of an edge along a node's side. */
const portStep = 14

/** The nodes and edges of a model's picture, in the order of the document, with their sizes in user units. */
export function graphOf(model: Model): Graph {
  const builder = new Builder(model)
  return builder.build()
}

export function stateNode(state: string): string {
  return `state ${state}`
}

class Builder {
  readonly #model: Model
  readonly #timed: ReadonlySet<string>
  readonly #edges: GraphEdge[] = []
  readonly #forks: GraphNode[] = []
  readonly #small = new Map<string, GraphNode>()

  constructor(model: Model) {
    this.#model = model
    this.#timed = timedSignals(model)
  }

  build(): Graph {
    for (const state of this.#model.initial) {
      this.#edge(this.#mark('start', ''), stateNode(state), null)
    }
    const indexes = [...this.#model.transitions.keys()]
    const groups = Map.groupBy(indexes, (index) => this.#shape(this.#model.transitions[index]))
    const anywhere: Card[] = []
    for (const [shape, members] of groups) {
      const first = this.#model.transitions[members[0] ?? 0]
      if (shape === 'anywhere') anywhere.push(...members.map((index) => cardOf(this.#model, [index], this.#timed)))
      else if (first !== undefined) this.#connect(first, members)
    }
    if (this.#edges.length > drawnWhole) this.#link()
    return { nodes: this.#nodes(), edges: this.#edges, anywhere }
  }

  /** Edges that do not lead from one step away from the beginning to the next end at a link. */
  #link(): void {
    const depth = depths(this.#edges)
    for (const [index, edge] of this.#edges.entries()) {
      const { from, to, id } = edge
      if (!to.startsWith('state ') || depth.get(to) === (depth.get(from) ?? 0) + 1 || from === to) continue
      const link = `link ${id}`
      const text = fitText(to.slice('state '.length), linkFont, stateWidth)
      const width = Math.ceil(textWidth(text, linkFont)) + 16
      this.#small.set(link, { id: link, kind: 'link', text, state: null, width, height: 22, card: null })
      this.#edges[index] = { ...edge, to: link }
    }
  }

  /** Transitions of one shape are drawn as one edge or fork. */
  #shape(transition: Transition | undefined): string {
    const { from = [], to = [], clear = [] } = transition ?? {}
    if (from.length + to.length + clear.length === 0) return 'anywhere'
    return JSON.stringify([[...from].sort(), [...to].sort()])
  }

  #connect({ from, to }: Transition, members: readonly number[]): void {
    const sources = [...new Set(from)]
    const targets = [...new Set(to)]
    const card = cardOf(this.#model, members, this.#timed, (transition) => resets(transition))
    if (sources.length <= 1 && targets.length <= 1) {
      this.#edge(this.#source(sources[0]), this.#target(targets[0], members), card)
      return
    }
    const id = `fork ${members[0]}`
    const { width, height } = card
    this.#forks.push({ id, kind: 'fork', text: '', state: null, width: width + 8, height, card })
    for (const source of sources.length === 0 ? [undefined] : sources) {
      this.#edge(this.#source(source), id, null, source !== undefined && targets.includes(source))
    }
    for (const target of targets.filter((state) => !sources.includes(state))) this.#edge(id, stateNode(target), null)
    if (targets.length === 0) this.#edge(id, this.#target(undefined, members), null)
  }

  #source(state: string | undefined): string {
    return state === undefined ? this.#mark('any', 'any state') : stateNode(state)
  }

  #target(state: string | undefined, members: readonly number[]): string {
    return state === undefined ? this.#mark('end', '', `end ${members[0]}`) : stateNode(state)
  }

  #mark(kind: 'start' | 'any' | 'end', text: string, id: string = kind): string {
    const width = kind === 'any' ? Math.ceil(textWidth(text, stateFont)) + 28 : 16
    const height = kind === 'any' ? 30 : 16
    this.#small.set(id, { id, kind, text, state: null, width, height, card: null })
    return id
  }

  #edge(from: string, to: string, card: Card | null, both = false): void {
    this.#edges.push({ id: `edge ${this.#edges.length}`, from, to, card, both })
  }

  /** Initial states first: the layout begins with them. Sides grow with the number of edges that end there. */
  #nodes(): GraphNode[] {
    const { states, initial } = this.#model
    const order = [...new Set([...initial, ...states])]
    const named = order.map((state): GraphNode => {
      const text = fitText(state, stateFont, stateWidth)
      const width = Math.max(smallest.width, Math.ceil(textWidth(text, stateFont)) + 32)
      return { id: stateNode(state), kind: 'state', text, state, width, height: smallest.height, card: null }
    })
    const start = this.#small.get('start')
    const others = [...this.#small.values()].filter(({ kind }) => kind !== 'start')
    const ends = new Map<string, number>()
    for (const { from, to } of this.#edges) {
      ends.set(`${from} out`, (ends.get(`${from} out`) ?? 0) + 1)
      ends.set(`${to} in`, (ends.get(`${to} in`) ?? 0) + 1)
    }
    return [...(start === undefined ? [] : [start]), ...named, ...this.#forks, ...others].map((node) => {
      const most = Math.max(ends.get(`${node.id} out`) ?? 0, ends.get(`${node.id} in`) ?? 0)
      const small = node.kind === 'start' || node.kind === 'end' || node.kind === 'link'
      return small ? node : { ...node, height: Math.max(node.height, Math.min(most, 24) * portStep + 10) }
    })
  }
}

/** Steps from where the picture begins: the start, then nodes that no edge has reached yet. */
function depths(edges: readonly GraphEdge[]): ReadonlyMap<string, number> {
  const outgoing = Map.groupBy(edges, ({ from }) => from)
  const depth = new Map<string, number>()
  for (const root of outgoing.keys()) {
    if (!depth.has(root)) depth.set(root, 0)
    const queue = [root]
    for (const node of queue) {
      for (const { to } of outgoing.get(node) ?? []) {
        if (depth.has(to)) continue
        depth.set(to, (depth.get(node) ?? 0) + 1)
        queue.push(to)
      }
    }
  }
  return depth
}

/** What a transition without `from` does to the states that are current. */
function resets({ from, clear = [], to }: Transition): string | null {
  if (from.length > 0) return null
  const named = clear.filter((state) => state !== '*' && !to.includes(state))
  if (clear.includes('*')) return 'leaves all states'
  return named.length === 0 ? 'the current states stay' : `leaves ${named.join(', ')}`
}
