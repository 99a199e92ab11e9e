import type { CallNode, EmitNode, Part, PatternTree } from '../text/tree.ts'
import type { Located } from './located.ts'
import { locateTemplate } from './located.ts'

/** Where a signal goes or what a call starts, as far as the text tells. */
export type Target =
  | { readonly kind: 'self' }
  | { readonly kind: 'child'; readonly name: string; readonly located: Located; readonly start: number }
  | { readonly kind: 'model'; readonly name: string; readonly located: Located; readonly start: number }
  | { readonly kind: 'elsewhere'; readonly name: string }

const childPrefix = 'child:'
const modelPrefix = 'model:'

/** The target of an address: `self`, `parent`, `sender`, `child:<name>`, `model:<name>/<id>` or `{expression}`. */
export function targetOf(located: Located | null): Target {
  if (located === null || located.source === 'self') return { kind: 'self' }
  const { source } = located
  if (source.startsWith(childPrefix))
    return { kind: 'child', name: source.slice(childPrefix.length), located, start: childPrefix.length }
  const model = /^model:([A-Za-z][A-Za-z0-9_-]*)(?=[@/?])/.exec(source)?.[1]
  if (model !== undefined) return { kind: 'model', name: model, located, start: modelPrefix.length }
  return { kind: 'elsewhere', name: source.startsWith('{') ? 'whom the expression names' : source }
}

/** Whose signals and arguments are this text's own, and what the others are called. */
export class Addresses {
  readonly #text: string
  readonly #model: string | null
  readonly #children = new Map<string, string | null>()

  constructor(tree: PatternTree) {
    this.#text = tree.text
    this.#model = modelName(tree.parts)
    for (const call of callsOf(tree.parts)) {
      if (call.as === undefined) continue
      const target = call.url === undefined ? null : targetOf(locateTemplate(tree.text, call.url))
      this.#children.set(locateTemplate(tree.text, call.as).source, target?.kind === 'model' ? target.name : null)
    }
  }

  /** Who declares what an emitted signal takes; null: this model. */
  ofEmit({ to }: EmitNode): string | null {
    const target = targetOf(to === undefined ? null : locateTemplate(this.#text, to))
    if (target.kind === 'self') return null
    if (target.kind === 'elsewhere') return target.name
    const model = target.kind === 'model' ? target.name : this.#children.get(target.name)
    if (model !== undefined && model === this.#model) return null
    return `${target.kind} ${target.name}`
  }
}

function modelName(parts: readonly Part[]): string | null {
  for (const part of parts) if (part.kind === 'model' && part.value?.kind === 'name') return part.value.value
  return null
}

function callsOf(parts: readonly Part[]): CallNode[] {
  const calls: CallNode[] = []
  for (const part of parts)
    if (part.kind === 'transition') for (const node of part.body) if (node.kind === 'call') calls.push(node)
  return calls
}
