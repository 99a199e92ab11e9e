import { attempt } from './clauses.ts'
import { Cursor } from './cursor.ts'
import { scanExpression } from './expressions.ts'
import { Rows } from './rows.ts'
import { scanLine } from './scan.ts'
import { Source } from './source.ts'
import { readTemplate } from './templates.ts'

/** Whether an expression's source, written into a text as it is, is read as that source again. */
export function bareExpression(text: string): boolean {
  return readsAs(text, (cursor) => {
    const { expression, whole } = scanExpression(cursor)
    return whole ? expression.source : null
  })
}

export function bareTemplate(text: string): boolean {
  return !text.startsWith('"') && readsAs(text, (cursor) => readTemplate(cursor, '').source)
}

function readsAs(text: string, read: (cursor: Cursor) => string | null): boolean {
  // What stands behind it on its line has to be read as if it stood alone.
  const scan = scanLine(`${text} //\``, 0, text.length + 4, 0)
  if (scan.comment !== text.length + 1 || scan.depth !== 0) return false
  const source = new Source(text)
  const rows = new Rows(source)
  if (rows.next === null || rows.next.start !== 0 || source.positions.starts.length > 1) return false
  const cursor = new Cursor(source, rows.take('body'))
  if (cursor.end !== text.length) return false
  let found: string | null = null
  attempt(() => {
    found = read(cursor)
  })
  return found === text && cursor.done && source.diagnostics.length === 0
}
