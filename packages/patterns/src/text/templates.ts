import { closingBrace } from './braces.ts'
import type { Cursor } from './cursor.ts'
import type { Expression, Template } from './tree.ts'

const literal = /(?:(?!\/\/)[A-Za-z0-9_.@:%~+*!$&=;/?-])+/y

/** Reads text with `{expression}` in it: bare as far as it has no blanks, brackets or commas outside braces, or quoted. */
export function readTemplate(cursor: Cursor, what: string): Template {
  const { source } = cursor
  if (cursor.character === '"') {
    const { value, range } = cursor.text(what, /(?!)/y)
    return { kind: 'template', source: value, range, expressions: [] }
  }
  const start = cursor.at
  const expressions: Expression[] = []
  let at = start
  while (at < cursor.end) {
    literal.lastIndex = at
    at += literal.exec(source.text)?.[0].length ?? 0
    if (source.text[at] !== '{' || at >= cursor.end) break
    const close = closedAt(cursor, at)
    const range = source.positions.range(at + 1, close)
    expressions.push({
      kind: 'expression',
      source: source.text.slice(at + 1, close),
      range,
      pieces: [{ offset: 0, at: at + 1 }],
    })
    at = close + 1
  }
  if (at === start) cursor.unexpected([what])
  for (const expression of expressions) source.expressions.push(expression)
  return { kind: 'template', source: source.text.slice(start, at), range: cursor.take('word', at), expressions }
}

/** The brace that closes the one at `open`: on the same line. */
function closedAt(cursor: Cursor, open: number): number {
  const { text, positions } = cursor.source
  const limit = Math.min(cursor.end, positions.lineEnd(positions.at(open).line - 1))
  const close = closingBrace(text, open, limit)
  return close !== -1 ? close : cursor.fail('unclosed', open, open + 1, '{ is not closed', { expected: ['}'] })
}
