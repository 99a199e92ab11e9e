import type { Json, Model, SignalDeclaration } from '@sutler/engine'
import { Places } from './places.ts'
import type { Source } from './source.ts'
import { TransitionBuilder } from './transition-document.ts'
import type { Assignment, DataPart, MarksPart, Name, Part, Range, ReturnsPart } from './tree.ts'
import type { SignalNode, SignalsPart, StatesPart, TransitionNode, Value } from './tree.ts'

/** A document with the places of all that is in it. */
export interface Placed {
  readonly model: Model
  readonly places: Places
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/**
 * Makes the document of a text's parts. What could not be read of them is left out, or empty where a document needs it;
 * what the parts say twice is reported.
 */
export function documentOf(parts: readonly Part[], source: Source): Placed {
  const places = new Places()
  const of = <K extends Part['kind']>(...kinds: K[]): Extract<Part, { kind: K }>[] =>
    parts.filter((part) => (kinds as string[]).includes(part.kind)) as Extract<Part, { kind: K }>[]
  const builder = new Builder(source, places)
  const states = of('states')
  const [initial, final] = [
    builder.marked('initial', states, of('initial')),
    builder.marked('final', states, of('final')),
  ]
  const model: Mutable<Model> = {
    ...builder.head(of('model', 'version', 'title')),
    ...builder.data('shared', of('shared')),
    ...builder.data('data', of('data')),
    states: builder.states(states),
    initial,
    final,
    ...builder.signals(of('signals')),
    transitions: builder.transitions(of('transition')),
    ...builder.returns(of('returns')),
  }
  return { model, places }
}

class Builder {
  readonly #source: Source
  readonly #places: Places

  constructor(source: Source, places: Places) {
    this.#source = source
    this.#places = places
  }

  head(
    heads: readonly Extract<Part, { kind: 'model' | 'version' | 'title' }>[],
  ): Pick<Model, 'model' | 'version' | 'title'> {
    const texts: { model: string; version: string; title?: string } = { model: '', version: '' }
    for (const { kind, value, range } of heads) {
      if (value === undefined) continue
      texts[kind] = value.value
      this.#places.set([kind], value.range)
      if (kind === 'model') this.#places.set([], range)
    }
    return texts
  }

  data(
    kind: 'shared' | 'data',
    parts: readonly DataPart[],
  ): { readonly [kind: string]: { readonly [name: string]: Json } } {
    if (parts.length === 0) return {}
    this.#section(kind, parts, parts.flatMap(({ entries }) => entries).length)
    const entries: [string, Json][] = []
    for (const { name, value, range } of parts.flatMap((part) => part.entries)) {
      this.#places.set([kind, name.value], range)
      if (value !== undefined) entries.push([name.value, jsonOf(value)])
    }
    return { [kind]: Object.fromEntries(entries) }
  }

  states(parts: readonly StatesPart[]): string[] {
    const states = parts.flatMap((part) => part.states)
    this.#places.set(['states'], parts[0]?.keyword)
    for (const [index, { name }] of states.entries()) this.#places.set(['states', index], name.range)
    return states.map(({ name }) => name.value)
  }

  /** The states that are marked so where they are declared, then those that `initial` or `final` list. */
  marked(kind: 'initial' | 'final', parts: readonly StatesPart[], lists: readonly MarksPart[]): string[] {
    const declared = parts.flatMap(({ states }) => states).filter((state) => state[kind])
    const listed = lists
      .flatMap(({ states }) => states?.names ?? [])
      .filter((name): name is Name => name.kind === 'name')
    const names = [...declared.map(({ name }) => name), ...listed]
    this.#places.set([kind], lists[0]?.range ?? declared[0]?.name.range ?? parts[0]?.keyword)
    for (const [index, { range }] of names.entries()) this.#places.set([kind, index], range)
    return names.map(({ value }) => value)
  }

  signals(parts: readonly SignalsPart[]): Pick<Model, 'signals'> {
    if (parts.length === 0) return {}
    const signals = parts.flatMap((part) => part.signals)
    this.#section('signals', parts, signals.length)
    return { signals: Object.fromEntries(signals.map((signal) => [signal.name.value, this.#signal(signal)])) }
  }

  #signal({ name, args, urgent, deferrable }: SignalNode): SignalDeclaration {
    const path = ['signals', name.value]
    this.#places.set(path, name.range)
    this.#places.set([...path, 'args'], args?.range)
    this.#places.set([...path, 'urgent'], urgent?.range)
    this.#places.set([...path, 'deferrable'], deferrable?.range)
    for (const parameter of args?.parameters ?? []) {
      this.#places.set([...path, 'args', parameter.name.value], parameter.type?.range ?? parameter.name.range)
    }
    const types = args?.parameters.map((parameter) => [parameter.name.value, parameter.type?.value ?? 'any'] as const)
    return {
      ...(types === undefined ? {} : { args: Object.fromEntries(types) }),
      ...(urgent === undefined ? {} : { urgent: urgent.value }),
      ...(deferrable === undefined ? {} : { deferrable: deferrable.value }),
    }
  }

  transitions(nodes: readonly TransitionNode[]): Model['transitions'] {
    return nodes
      .filter(({ on }) => on !== undefined)
      .map((node, index) => new TransitionBuilder(this.#source, this.#places, index).build(node))
  }

  returns(parts: readonly ReturnsPart[]): Pick<Model, 'returns'> {
    if (parts.length === 0) return {}
    const assignments: readonly Assignment[] = parts.flatMap((part) => part.assignments)
    this.#section('returns', parts, assignments.length)
    const entries: [string, string][] = []
    for (const { name, expression } of assignments) {
      if (expression === undefined) continue
      this.#places.setSource(['returns', name.value], expression)
      entries.push([name.value, expression.source])
    }
    return { returns: Object.fromEntries(entries) }
  }

  /** Reports a `none` beside entries. */
  #section(
    kind: string,
    parts: readonly { readonly keyword: Range; readonly nothing?: Range }[],
    entries: number,
  ): void {
    this.#places.set([kind], parts[0]?.keyword)
    const nothing = parts.find((part) => part.nothing !== undefined)?.nothing
    if (nothing === undefined || entries === 0) return
    const message = `none says that there are no ${kind}, but there are: remove one or the other`
    this.#source.error('not-none', nothing.start.offset, nothing.end.offset, message)
  }
}

function jsonOf({ shape, scalar, elements, entries }: Value): Json {
  if (shape === 'scalar') return scalar
  if (shape === 'list') return elements.map(jsonOf)
  return Object.fromEntries(entries.map(({ key, value }) => [key.value, jsonOf(value)]))
}
