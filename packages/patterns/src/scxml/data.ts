import type { Json, JsonObject } from '@sutler/engine'
import { compile, evaluate, ExpressionError } from '@sutler/expressions'
import type { XmlElement } from '../xml/read.ts'
import { type ExpressionScope, isEngineVariable, translate, Untranslatable } from './expressions.ts'
import type { Losses } from './losses.ts'
import { Names } from './names.ts'
import type { Assignment } from './path.ts'
import type { ScxmlDocument } from './read-tree.ts'

export interface ScxmlData {
  /** The document's names → the model's. */
  readonly names: ReadonlyMap<string, string>
  readonly values: JsonObject
}

/** Initial values of data (5.3). An expression must have a value before anything has happened. */
export function dataOf(document: ScxmlDocument, losses: Losses): ScxmlData {
  const legal = new Names('datum', losses, '_')
  const names = new Map<string, string>()
  const values: Record<string, Json> = {}
  for (const element of document.data) {
    const id = element.attributes.get('id')
    if (id === undefined || names.has(id)) continue
    const name = legal.of(id, element)
    if (isEngineVariable(id) && document.datamodel === 'cel')
      losses.add('data-name', element, `${id} in an expression is this datum, not the engine's variable of that name`)
    values[name] = valueOf(element, { document, names, values }, losses)
    names.set(id, name)
  }
  return { names, values }
}

interface Known {
  readonly document: ScxmlDocument
  readonly names: ReadonlyMap<string, string>
  readonly values: JsonObject
}

function valueOf(element: XmlElement, known: Known, losses: Losses): Json {
  const { attributes, text } = element
  const source = attributes.get('expr') ?? text.trim()
  if (attributes.has('src')) losses.add('data-src', element, 'nothing is fetched: the datum is null')
  else if (element.children.length > 0) losses.add('data-xml', element, 'XML is no value of a model: the datum is null')
  if (attributes.has('src') || element.children.length > 0 || source === '') return null
  const json = asJson(source)
  if (json !== undefined) return json
  try {
    return constant(translate(source, scopeOf(known)), known.values)
  } catch (error) {
    if (!(error instanceof Untranslatable)) throw error
    losses.add('data-element', element, `the datum is null: ${error.message}`)
    return null
  }
}

function scopeOf({ document, names }: Known): ExpressionScope {
  const inState = (id: string): string => (document.byId.has(id) ? 'false' : refuse(id))
  return { datamodel: document.datamodel, data: names, event: null, name: document.name ?? '', inState }
}

function refuse(id: string): never {
  throw new Untranslatable(`In('${id}'): there is no such state`)
}

function asJson(source: string): Json | undefined {
  try {
    return JSON.parse(source) as Json
  } catch {
    return undefined
  }
}

/** @throws Untranslatable */
function constant(expression: string, data: JsonObject): Json {
  try {
    return evaluate(compile(expression), { data })
  } catch (error) {
    if (error instanceof ExpressionError)
      throw new Untranslatable(`${expression} has no value at the beginning (${error.reason})`)
    throw error
  }
}

/** The data after assignments that need nothing but data; null when they need more. */
export function assignedAtOnce(sets: readonly Assignment[], values: JsonObject): JsonObject | null {
  let data = values
  for (const { name, value } of sets) {
    try {
      data = { ...data, [name]: constant(value, data) }
    } catch (error) {
      if (error instanceof Untranslatable) return null
      throw error
    }
  }
  return data
}
