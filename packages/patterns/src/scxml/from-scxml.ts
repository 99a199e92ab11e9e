import { compileModel, type Model, ModelError } from '@sutler/engine'
import type { Loss } from '../losses.ts'
import { readXml, type XmlElement, XmlError } from '../xml/read.ts'
import { ContentReader, delayedSends } from './content.ts'
import { assignedAtOnce, dataOf, type ScxmlData } from './data.ts'
import { regionsEnd } from './ends.ts'
import { ScxmlError } from './error.ts'
import { eventsOf } from './events.ts'
import { scxmlLimits } from './limits.ts'
import { Losses } from './losses.ts'
import { Names } from './names.ts'
import type { Path } from './path.ts'
import { readTree, type ScxmlDocument } from './read-tree.ts'
import { TransitionBuilder } from './transitions.ts'
import { leavesOf } from './tree.ts'

/**
 * The model that an SCXML document describes, and what of the document it does not say (docs/reference/scxml.md).
 *
 * @throws ScxmlError
 */
export function fromScxml(text: string): { readonly model: Model; readonly losses: readonly Loss[] } {
  const losses = new Losses()
  const element = xmlOf(text)
  const model = new Importer(element, losses).model()
  return { model, losses: losses.list }
}

function xmlOf(text: string): XmlElement {
  try {
    return readXml(text)
  } catch (error) {
    if (!(error instanceof XmlError)) throw error
    throw new ScxmlError(error.code, error.message.replace(/^\d+:\d+: /, ''), error)
  }
}

class Importer {
  readonly #element: XmlElement
  readonly #losses: Losses
  readonly #document: ScxmlDocument
  readonly #states: Names
  readonly #signals: Names

  constructor(element: XmlElement, losses: Losses) {
    this.#element = element
    this.#losses = losses
    this.#document = readTree(element, losses)
    this.#states = new Names('state', losses)
    this.#signals = new Names('event', losses)
  }

  model(): Model {
    const document = this.#document
    const end = regionsEnd(document)
    const leaves = leavesOf(document.root).filter((leaf) => leaf !== end?.dropped)
    if (leaves.length > scxmlLimits.states)
      throw new ScxmlError(
        'too-many-states',
        `${leaves.length} atomic states, limit ${scxmlLimits.states}`,
        document.root,
      )
    for (const [index, leaf] of leaves.entries()) leaf.name = this.#states.of(leaf.id ?? `state-${index + 1}`, leaf)
    const finals = leaves.filter(
      (leaf) => leaf.kind === 'final' && (leaf.parent?.kind === 'scxml' || end?.finals.includes(leaf)),
    )
    const data = dataOf(document, this.#losses)
    const { names, heard } = eventsOf(document, this.#element, this.#losses)
    const content = new ContentReader({
      signals: this.#signals,
      heard,
      delayed: delayedSends(this.#element),
      losses: this.#losses,
    })
    const context = { document, content, signals: this.#signals, losses: this.#losses, data: data.names, heard }
    for (const [name, place] of names) this.#signals.of(name, place)
    const builder = new TransitionBuilder(context, leaves)
    const beginning = this.#begin(builder, data)
    for (const event of names.keys()) builder.add(event)
    if (end !== null) this.#warnOfQueue(builder.transitions)
    return this.#checked({
      model: new Names('model', this.#losses).of(document.name ?? 'imported', document.root),
      version: '1.0.0',
      ...(Object.keys(beginning.data).length > 0 && { data: beginning.data }),
      states: [...beginning.before, ...leaves.map(({ name }) => name)],
      initial: beginning.initial,
      final: finals.map(({ name }) => name),
      transitions: builder.transitions,
    })
  }

  /** Regions that have ended end the model at once; SCXML takes the internal events that are queued before `done.state`. */
  #warnOfQueue(transitions: Model['transitions']): void {
    const raises = transitions.some(({ emit }) =>
      emit?.some(({ to, after, at }) => (to === undefined || to === 'self') && after === undefined && at === undefined),
    )
    if (!raises) return
    const message = 'internal events that are still queued when the last region ends are not taken any more'
    this.#losses.add('ends-at-once', this.#document.root, message)
  }

  /**
   * A model is in its initial states without having done anything. What a document does to get there becomes initial data if it
   * can, else a transition of its own from a state before.
   */
  #begin(
    builder: TransitionBuilder,
    { values }: ScxmlData,
  ): Pick<Model, 'initial'> & { before: string[]; data: NonNullable<Model['data']> } {
    const paths = builder.initial()
    const [only] = paths
    const data = paths.length === 1 && only !== undefined ? quietly(only, values) : null
    if (only !== undefined && data !== null)
      return { before: [], initial: [...only.entered].map(({ name }) => name), data }
    const state = this.#states.unused('not-started')
    const signal = this.#signals.unused('start')
    const message = `what is done at the beginning is done when the signal ${signal} comes: a model does nothing before it is signalled`
    this.#losses.add('needs-start', this.#document.root, message)
    for (const path of paths) builder.push(path, signal, state, { leaf: null, guards: [] })
    return { before: [state], initial: [state], data: values }
  }

  #checked(model: Model): Model {
    try {
      compileModel(model)
      return model
    } catch (error) {
      if (!(error instanceof ModelError)) throw error
      throw new ScxmlError(error.code, `the model would not be one: ${error.message}`, this.#document.root)
    }
  }
}

/** The data after a beginning that does nothing but assign what is known; null when it does more. */
function quietly(
  { conditions, emits, cancels, sets, ended }: Path,
  values: ScxmlData['values'],
): ScxmlData['values'] | null {
  if (conditions.length + emits.length + cancels.length > 0 || ended) return null
  return assignedAtOnce(sets, values)
}
