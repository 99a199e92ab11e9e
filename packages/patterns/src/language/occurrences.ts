import type { Range, TransitionNode } from '../text/tree.ts'

/** What a name stands for. `call` is an argument that this model is called with, `child` a subinstance. */
export type SymbolKind =
  | 'model'
  | 'state'
  | 'signal'
  | 'task'
  | 'data'
  | 'shared'
  | 'argument'
  | 'call'
  | 'child'
  | 'result'

/** What a place does with the name. */
export type Use =
  | 'declared'
  | 'initial'
  | 'final'
  | 'from'
  | 'to'
  | 'clear'
  | 'while'
  | 'on'
  | 'cancel'
  | 'emit'
  | 'reply'
  | 'done'
  | 'failed'
  | 'set'
  | 'given'
  | 'read'
  | 'task'
  | 'call'
  | 'address'

/** One place where a name stands. */
export interface Occurrence {
  readonly kind: SymbolKind
  readonly name: string
  /** Whose argument it is, a signal's, a task's or a model's; `''` for all else. */
  readonly of: string
  /** Where it is declared when not in this text: `task device.offer`, `child stb1`, `parent`. Null: here. */
  readonly elsewhere: string | null
  readonly use: Use
  readonly range: Range
  /** A name of the language, perhaps in quotes; `.x` in an expression; the inside of a literal; a part of a template. */
  readonly writing: 'name' | 'field' | 'text' | 'template'
  readonly transition: TransitionNode | null
}

/** Whether two places are about the same thing. */
export function sameSymbol(a: Occurrence, b: Occurrence): boolean {
  return a.name === b.name && sameNamespace(a, b)
}

/** Whether two names would clash if they were the same. */
export function sameNamespace(a: Occurrence, b: Occurrence): boolean {
  return a.kind === b.kind && a.of === b.of && a.elsewhere === b.elsewhere
}
