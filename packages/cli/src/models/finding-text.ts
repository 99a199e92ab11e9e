import { describeDiagnostic, type Diagnostic } from '@sutler/patterns'
import { painted, printableLines } from '../terminal.ts'
import type { ModelSource } from './model-source.ts'
import type { FoundIn } from './model-source-error.ts'

/** A finding as `--json` prints it. */
export interface WrittenFinding extends Omit<Diagnostic, 'range'> {
  readonly file: string
  /** From 1; columns in UTF-16 units. */
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
}

/** Findings for programs. */
export function writtenFindings({ source: { file }, diagnostics }: FoundIn): WrittenFinding[] {
  return diagnostics.map(({ range: { start, end }, ...more }) => ({
    file,
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
    ...more,
  }))
}

/** A finding for people: its place, what it says, the line, what of the line is meant, and the way to the states it is about. */
export function describedFinding(
  { file, text }: ModelSource,
  diagnostic: Diagnostic,
  stream: NodeJS.WriteStream = process.stdout,
): string {
  const [head = '', ...lines] = printableLines(describeDiagnostic(diagnostic, text, file)).split('\n')
  const colour = diagnostic.severity === 'error' ? 'red' : 'yellow'
  const carets = lines.map((line) => (/^[\s|]*\^+/.test(line) ? painted(colour, line, stream) : line))
  return [painted('bold', head, stream), ...carets].join('\n')
}
