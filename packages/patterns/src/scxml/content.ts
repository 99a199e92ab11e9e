import type { XmlElement } from '../xml/read.ts'
import { ScxmlError } from './error.ts'
import { type ExpressionScope, translate, Untranslatable } from './expressions.ts'
import { scxmlLimits } from './limits.ts'
import type { Losses } from './losses.ts'
import type { Names } from './names.ts'
import { assigning, neverHolds, type Path, under } from './path.ts'
import { SendReader } from './sends.ts'
import { scxmlNamespace } from './read-tree.ts'
import { negation } from './substitution.ts'

export type ScopeOf = (path: Path) => ExpressionScope

/** What is sent with a delay, by its id and by its event, in the whole document: for `<cancel>`. */
export interface DelayedSends {
  readonly eventsOf: ReadonlyMap<string, ReadonlySet<string>>
  /** Ids under which an event is sent; an empty one when it has none. */
  readonly idsOf: ReadonlyMap<string, ReadonlySet<string>>
}

export interface ContentContext {
  readonly signals: Names
  /** Whether some transition is on the event. What nobody hears is not sent to oneself. */
  readonly heard: (event: string) => boolean
  readonly delayed: DelayedSends
  readonly losses: Losses
}

/** Executes blocks of executable content (section 4) symbolically. */
export class ContentReader {
  readonly sends: SendReader
  readonly #context: ContentContext
  readonly #losses: Losses

  constructor(context: ContentContext) {
    this.sends = new SendReader(context.signals, context.losses)
    this.#context = context
    this.#losses = context.losses
  }

  /** All ways through the elements, from each of the ways that led to them. */
  run(paths: readonly Path[], elements: readonly XmlElement[], scope: ScopeOf): readonly Path[] {
    let current = paths
    for (const element of elements) {
      current = current.flatMap((path) => this.#element(path, element, scope))
      if (current.some(({ emits }) => emits.length > scxmlLimits.signals))
        throw new ScxmlError('too-many-signals', `more than ${scxmlLimits.signals} signals are sent at once`, element)
      if (current.length > scxmlLimits.ways)
        throw new ScxmlError('too-many-ways', `more than ${scxmlLimits.ways} ways through the conditions here`, element)
    }
    return current
  }

  #element(path: Path, element: XmlElement, scope: ScopeOf): readonly Path[] {
    const { name, attributes, namespace } = element
    if (namespace === scxmlNamespace) {
      switch (name) {
        case 'raise':
          return [this.#raise(path, element)]
        case 'send':
          return [this.#send(path, element, scope(path))]
        case 'assign':
          return [this.#assign(path, element, scope(path))]
        case 'cancel':
          return [this.#cancel(path, element)]
        case 'if':
          return this.#if(path, element, scope)
        case 'log':
          this.#losses.add(
            'log-element',
            element,
            `nothing is logged: ${attributes.get('label') ?? attributes.get('expr') ?? ''}`,
          )
          return [path]
      }
    }
    this.#losses.add(`${name}-element`, element, `<${name}> is left out`)
    return [path]
  }

  #raise(path: Path, element: XmlElement): Path {
    const event = element.attributes.get('event')
    if (event === undefined) throw new ScxmlError('no-event', '<raise> needs an event', element)
    if (!this.#context.heard(event)) return path
    const emit = { signal: this.#context.signals.of(event, element) }
    return { ...path, emits: [...path.emits, { emit, sendid: null }] }
  }

  #send(path: Path, element: XmlElement, scope: ExpressionScope): Path {
    const event = element.attributes.get('event')
    const own = element.attributes.get('target') !== '#_parent'
    const sent = this.sends.signalOf(element, scope)
    if (sent === null || (own && event !== undefined && !this.#context.heard(event))) return path
    return { ...path, emits: [...path.emits, sent] }
  }

  #assign(path: Path, element: XmlElement, scope: ExpressionScope): Path {
    const location = element.attributes.get('location') ?? ''
    const source = element.attributes.get('expr') ?? element.text
    try {
      const place = translate(location, scope)
      const name = /^data\.([A-Za-z][A-Za-z0-9_]*)$/.exec(place)?.[1]
      if (name === undefined) throw new Untranslatable(`${location} is no datum`)
      return assigning(path, name, translate(source, scope))
    } catch (error) {
      if (!(error instanceof Untranslatable)) throw error
      this.#losses.add('assign-element', element, `${location} keeps its value: ${error.message}`)
      return path
    }
  }

  /** 6.3; a model takes back all delayed signals of a type. */
  #cancel(path: Path, element: XmlElement): Path {
    const sendid = element.attributes.get('sendid')
    const events = sendid === undefined ? undefined : this.#context.delayed.eventsOf.get(sendid)
    if (sendid === undefined) this.#losses.add('cancel-element', element, 'nothing is taken back: its id is computed')
    if (sendid === undefined || events === undefined) return path
    for (const event of events) {
      const others = [...(this.#context.delayed.idsOf.get(event) ?? [])].filter((id) => id !== sendid)
      if (others.length === 0) continue
      this.#losses.add(
        'cancel-by-type',
        element,
        `every delayed ${event} is taken back, also what was not sent as ${sendid}`,
      )
    }
    const signals = [...events].map((event) => this.#context.signals.of(event, element))
    const emits = path.emits.filter(({ sendid: id, emit }) => id !== sendid || emit.after === undefined)
    return { ...path, emits, cancels: [...new Set([...path.cancels, ...signals])] }
  }

  /** 4.3 */
  #if(path: Path, element: XmlElement, scope: ScopeOf): readonly Path[] {
    const done: Path[] = []
    let rest: readonly Path[] = [path]
    try {
      for (const { cond, content } of branchesOf(element)) {
        const condition = cond === null ? 'true' : translate(cond, scope(path))
        done.push(
          ...this.run(
            rest.map((way) => under(way, condition)).filter((way) => !neverHolds(way)),
            content,
            scope,
          ),
        )
        rest = rest.map((way) => under(way, negation(condition))).filter((way) => !neverHolds(way))
      }
    } catch (error) {
      if (!(error instanceof Untranslatable)) throw error
      this.#losses.add('if-element', element, `<if> is left out: ${error.message}`)
      return [path]
    }
    return [...done, ...rest]
  }
}

interface Branch {
  /** Null for `<else>`. */
  readonly cond: string | null
  readonly content: XmlElement[]
}

function branchesOf({ attributes, children }: XmlElement): readonly Branch[] {
  const branches: Branch[] = [{ cond: attributes.get('cond') ?? '', content: [] }]
  for (const child of children) {
    if (child.name === 'elseif') branches.push({ cond: child.attributes.get('cond') ?? '', content: [] })
    else if (child.name === 'else') branches.push({ cond: null, content: [] })
    else branches.at(-1)?.content.push(child)
  }
  return branches
}

/** Looks through all that a document sends with a delay. */
export function delayedSends(root: XmlElement): DelayedSends {
  const eventsOf = new Map<string, Set<string>>()
  const idsOf = new Map<string, Set<string>>()
  const waiting = [root]
  for (const element of waiting) {
    waiting.push(...element.children)
    const event = element.attributes.get('event')
    if (element.name !== 'send' || event === undefined || element.attributes.get('target') === '#_internal') continue
    const id = element.attributes.get('id') ?? ''
    idsOf.set(event, (idsOf.get(event) ?? new Set()).add(id))
    if (id !== '') eventsOf.set(id, (eventsOf.get(id) ?? new Set()).add(event))
  }
  return { eventsOf, idsOf }
}
