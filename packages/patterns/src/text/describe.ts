import type { Diagnostic } from './diagnostics.ts'
import { Positions } from './positions.ts'

/** Columns of a line that are shown, at most. */
const shown = 120

/**
 * A diagnostic for terminals: `file:line:column`, what is wrong, the line with carets below it, and the way to the states that it
 * speaks of.
 */
export function describeDiagnostic(diagnostic: Diagnostic, text: string, file: string): string {
  const { severity, code, message, range, witness } = diagnostic
  const { line, column } = range.start
  const head = `${file}:${line}:${column}: ${severity}: ${message} [${code}]`
  const way = (witness ?? []).map(({ signal, fired, states }) => {
    const by = fired.length === 0 ? '' : ` (${fired.map((name) => JSON.stringify(name)).join(', ')})`
    return `    after ${signal}${by}: ${states.join(', ') || 'no states'}`
  })
  return [head, ...quoted(diagnostic, text), ...way].join('\n')
}

function quoted({ range }: Diagnostic, text: string): string[] {
  const positions = new Positions(text)
  const { line, column } = range.start
  const start = positions.starts[line - 1]
  if (start === undefined) return []
  const whole = text.slice(start, positions.lineEnd(line - 1))
  if (whole.trim() === '') return []
  const from = column - 1 < shown ? 0 : column - 1 - shown / 2
  const cut = whole.slice(from, from + shown)
  const end = range.end.line === line ? range.end.column - 1 : whole.length
  const length = Math.max(1, Math.min(end - (column - 1), from + cut.length - (column - 1)))
  const number = ` ${line} | `
  const before = from > 0 ? '…' : ''
  const after = from + shown < whole.length ? '…' : ''
  const gap = ' '.repeat(number.length - 2) + '| '
  const indent = ' '.repeat(Math.max(0, before.length + column - 1 - from))
  return [`${number}${before}${printable(cut)}${after}`, `${gap}${indent}${'^'.repeat(length)}`]
}

/** One column each, and nothing that a terminal would obey. */
function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, ' ')
}
