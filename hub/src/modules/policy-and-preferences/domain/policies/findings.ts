import {
  compile,
  compileTemplate,
  evaluate,
  ExpressionError,
  type CompiledExpression,
  type Json,
} from '@sutler/expressions'
import { specimens, unknownName, type namesFor } from './names.ts'

/** One mistake in a policy document: where, and what to do about it. */
export interface Finding {
  /** JSON pointer into the document. */
  readonly pointer: string
  readonly detail: string
  /** In the text that the pointer names, from 1. */
  readonly line?: number
  readonly column?: number
}

type Names = ReturnType<typeof namesFor>

/** What an expression has to give. */
export type Wanted = 'condition' | 'timestamp'

/** What is wrong with an expression by itself. */
export function expressionFindings(source: string, pointer: string, names: Names, wanted: Wanted): Finding[] {
  try {
    const compiled = compile(source)
    const unknown = unknownName(compiled.references, names)
    if (unknown !== null) return [{ pointer, detail: unknown, ...placeOf(source, 0) }]
    return valueFindings(compiled, pointer, wanted)
  } catch (error) {
    return [mistake(error, source, pointer)]
  }
}

function valueFindings(compiled: CompiledExpression, pointer: string, wanted: Wanted): Finding[] {
  const value = tried(compiled)
  if (value === undefined) return []
  if (wanted === 'timestamp')
    return typeof value === 'string' && !Number.isNaN(Date.parse(value))
      ? []
      : [{ pointer, detail: `gives ${JSON.stringify(value)}, not a moment: now + duration("2h") is one` }]
  if (typeof value !== 'boolean')
    return [{ pointer, detail: 'gives no truth value: end it in a comparison, for example == "phone"' }]
  if (!value && compiled.references.length === 0) return [{ pointer, detail: 'never holds, whatever happens' }]
  return []
}

/** The value for the specimens; undefined where it depends on what only real ones have. @throws ExpressionError */
function tried(compiled: CompiledExpression): Json | undefined {
  try {
    return evaluate(compiled, specimens)
  } catch (error) {
    if (error instanceof ExpressionError && error.code === 'missing-key') return undefined
    throw error
  }
}

/** What is wrong with a text that has expressions in it. */
export function templateFindings(source: string, pointer: string, names: Names): Finding[] {
  try {
    for (const part of compileTemplate(source).parts) {
      if (typeof part === 'string') continue
      const unknown = unknownName(part.references, names)
      if (unknown !== null) return [{ pointer, detail: unknown }]
      const value = tried(part)
      if (value !== undefined && typeof value === 'object')
        return [
          {
            pointer,
            detail: `{${part.source}} gives ${value === null ? 'null' : 'a list or an object'}: only text, numbers and truth values can be written`,
          },
        ]
    }
    return []
  } catch (error) {
    return [mistake(error, source, pointer)]
  }
}

/** Those parts of a template that are always the same; null when it depends on something. */
export function constantOf(source: string | undefined): string | null {
  return source === undefined || source.includes('{') ? null : source
}

function mistake(error: unknown, source: string, pointer: string): Finding {
  if (!(error instanceof ExpressionError)) throw error
  if (error.code === 'over-budget' || error.code === 'expression-too-large')
    return { pointer, detail: `is too expensive: ${error.reason}. Split it, or look at fewer things` }
  // A template's parts have positions of their own.
  const start = Math.max(0, source.indexOf(error.expression))
  if (error.position === undefined) return { pointer, detail: `cannot be used: ${error.reason}` }
  const at = placeOf(source, start + error.position)
  return { pointer, detail: `is no CEL expression: ${error.reason} (line ${at.line}, character ${at.column})`, ...at }
}

function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n')
  return { line: before.length, column: before.at(-1)!.length + 1 }
}
