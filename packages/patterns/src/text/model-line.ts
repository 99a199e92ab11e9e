import { attempt, type Mutable } from './clauses.ts'
import type { Cursor } from './cursor.ts'
import { clipped } from './source.ts'
import type { Head, Range, Text } from './tree.ts'

const versionText = /[A-Za-z0-9][A-Za-z0-9.+-]*/y

/** Reads `<name> <version> "<title>"` behind the word `model`; the title may be missing. */
export function readModel(cursor: Cursor, keyword: Range): Head[] {
  const model: Mutable<Head> = { kind: 'model', keyword, range: keyword }
  const parts: Head[] = [model]
  attempt(() => {
    model.value = cursor.name('model', true)
    model.range = cursor.rangeFrom(cursor.start)
    const version = cursor.text('a version such as 1.0.0', versionText)
    parts.push(head('version', version))
    judgeVersion(cursor, version)
    if (cursor.character === '"') parts.push(head('title', cursor.text('"title"', /(?!)/y)))
    cursor.finish(parts.length === 2 ? ['"title"'] : [])
  })
  return parts
}

function head(kind: 'version' | 'title', value: Text): Head {
  return { kind, keyword: value.range, range: value.range, value }
}

/** Roughly: all that semantic versioning says of it is judged with the document. */
function judgeVersion(cursor: Cursor, { value, range: { start, end } }: Text): void {
  if (/^\s*v?\d+\.\d+\.\d+/.test(value)) return
  const message = `${clipped(value)} is no version: expected three numbers, such as 1.0.0`
  cursor.source.error('bad-version', start.offset, end.offset, message, { expected: ['1.0.0'] })
}
