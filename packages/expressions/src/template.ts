import { type CompiledExpression, compile, evaluate } from './compile.ts'
import { ExpressionError } from './errors.ts'
import type { Json, Variables } from './json.ts'

/** Text with `{expression}` in it. */
export interface CompiledTemplate {
  readonly source: string
  readonly parts: readonly (string | CompiledExpression)[]
}

/**
 * Compiles text in which `{…}` holds a CEL expression (braces and quotes inside it are understood). Throws
 * ExpressionError, `bad-template` when a brace is not closed.
 */
export function compileTemplate(source: string): CompiledTemplate {
  const parts: (string | CompiledExpression)[] = []
  let at = 0
  while (at < source.length) {
    const open = source.indexOf('{', at)
    const literal = source.slice(at, open === -1 ? source.length : open)
    if (literal !== '') parts.push(literal)
    if (open === -1) break
    const close = closingBrace(source, open)
    parts.push(compile(source.slice(open + 1, close)))
    at = close + 1
  }
  return { source, parts }
}

/** Offset of the brace that closes the one at `open`. */
function closingBrace(source: string, open: number): number {
  let depth = 0
  let quote: string | null = null
  for (let at = open; at < source.length; at += 1) {
    const character = source[at]
    if (quote !== null) {
      if (character === '\\') at += 1
      else if (character === quote) quote = null
    } else if (character === '"' || character === "'") quote = character
    else if (character === '{') depth += 1
    else if (character === '}') {
      depth -= 1
      if (depth === 0) return at
    }
  }
  throw new ExpressionError({ code: 'bad-template', expression: source, reason: 'a { is not closed', position: open })
}

/** The text with every expression's value in its place, each passed through `encode`; texts, numbers and bools only. */
export function render(
  template: CompiledTemplate,
  variables: Variables,
  encode: (text: string) => string = String,
): string {
  let text = ''
  for (const part of template.parts)
    text += typeof part === 'string' ? part : encode(insertable(part, evaluate(part, variables)))
  return text
}

function insertable(part: CompiledExpression, value: Json): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw new ExpressionError({
    code: 'type-error',
    expression: part.source,
    reason: 'only text, numbers and bools can be inserted',
  })
}
