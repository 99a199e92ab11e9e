import { closingBrace } from '../text/braces.ts'
import { offsetIn } from '../text/expressions.ts'
import type { Expression, Range, Template } from '../text/tree.ts'

/** Source that stands somewhere in a text. `at` says where one of its characters does. */
export interface Located {
  readonly source: string
  readonly at: (offset: number) => number
}

/** An expression with the places of all its characters, also where it is written as `cel "…"`. */
export function locateExpression(text: string, expression: Expression): Located {
  const { source, pieces, range } = expression
  if (pieces.length > 0) return { source, at: (offset) => offsetIn(expression, offset) ?? range.end.offset }
  return quotedAt(text, text.indexOf('"', range.start.offset))
}

/** A template as it is meant: without quotes and escapes. */
export function locateTemplate(text: string, { range }: Pick<Template, 'range'>): Located {
  const { start, end } = range
  if (text[start.offset] === '"') return quotedAt(text, start.offset)
  return { source: text.slice(start.offset, end.offset), at: (offset) => start.offset + offset }
}

/** JSON text whose quote opens at `open`. */
function quotedAt(text: string, open: number): Located {
  const places: number[] = []
  let at = open + 1
  for (; at < text.length && text[at] !== '"';) {
    places.push(at)
    at += text[at] !== '\\' ? 1 : text[at + 1] === 'u' ? 6 : 2
  }
  const source = JSON.parse(text.slice(open, at + 1)) as string
  return { source, at: (offset) => places[offset] ?? at }
}

/** The expressions in the braces of a template, found as the engine finds them; what is not closed is left out. */
export function expressionsIn({ source, at }: Located): Located[] {
  const found: Located[] = []
  for (let open = source.indexOf('{'); open !== -1;) {
    const close = closingBrace(source, open, source.length)
    if (close === -1) break
    const start = open + 1
    found.push({ source: source.slice(start, close), at: (offset) => at(start + offset) })
    open = source.indexOf('{', close)
  }
  return found
}

/** Whether an offset lies within a range or directly behind it, where a cursor stands after a name was typed. */
export function touches({ start, end }: Range, offset: number): boolean {
  return start.offset <= offset && offset <= end.offset
}
