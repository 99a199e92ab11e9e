import type { Diagnostic } from '../text/diagnostics.ts'
import type { Positions } from '../text/positions.ts'
import type { Range } from '../text/tree.ts'
import type { TextEdit } from './edits.ts'
import { writtenName } from './writing.ts'

/** A way to mend what a diagnostic says. */
export interface Fix {
  readonly title: string
  readonly edits: readonly TextEdit[]
}

/** What can be mended at once: a misspelt name that is near a known one, and slips of writing. */
export function fixesFor(
  { text, positions }: { readonly text: string; readonly positions: Positions },
  diagnostic: Diagnostic,
): Fix[] {
  const { code, nearest, range, expected } = diagnostic
  const found = text.slice(range.start.offset, range.end.offset)
  if (nearest !== undefined) {
    if (!/^(?:"[^"\n]*"|[\p{L}\p{N}\p{M}_.-]+)$/u.test(found)) return []
    return [replacement(`Write ${nearest}`, range, nearestAsWritten(nearest, code))]
  }
  const behind: Range = { start: range.end, end: range.end }
  if (code === 'missing-colon') return [replacement('Add the colon', behind, ':')]
  if (code === 'bad-arrow') return [replacement('Write ->', range, '->')]
  if (code === 'empty-section') return [replacement('Write none', behind, ' none')]
  if (code === 'unexpected' && (found === ':' || found === '==') && expected?.length === 1 && expected[0] === '=')
    return [replacement('Write =', range, ' =')]
  if (code === 'unexpected' && found === ':' && expected?.length === 0)
    return [replacement('Take the colon away', range, '')]
  if (code === 'indentation') return indentationFixes(text, positions, range, expected?.[0] ?? '')
  return []
}

/** Words of the language stay words; names that look like one are put in quotes. */
function nearestAsWritten(nearest: string, code: string): string {
  return code === 'unexpected' || code === 'unknown-word' || code === 'unknown-type' ? nearest : writtenName(nearest)
}

function replacement(title: string, range: Range, newText: string): Fix {
  return { title, edits: [{ range, newText }] }
}

function indentationFixes(text: string, positions: Positions, { start }: Range, expected: string): Fix[] {
  const spaces = expected === 'no indentation' ? 0 : Number(/^(\d+) spaces$/.exec(expected)?.[1] ?? Number.NaN)
  if (Number.isNaN(spaces)) return []
  const blanks = /^[ \t]*/.exec(text.slice(start.offset))![0].length
  const range = positions.range(start.offset, start.offset + blanks)
  return [replacement(spaces === 0 ? 'Take the indentation away' : `Indent by ${spaces}`, range, ' '.repeat(spaces))]
}
