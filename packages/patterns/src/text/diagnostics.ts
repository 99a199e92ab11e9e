import type { WitnessStep } from '@sutler/engine'
import type { Range } from './tree.ts'

/** Something that is wrong with a pattern's text, at its exact place. */
export interface Diagnostic {
  readonly code: string
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly range: Range
  /** What could stand there, as it is written. */
  readonly expected?: readonly string[]
  /** The known name that is most like the one found. */
  readonly nearest?: string
  /** Shortest way to the set of states that the diagnostic speaks of. */
  readonly witness?: readonly WitnessStep[]
}

/** Why a pattern cannot be formatted or printed. `code` is the first diagnostic's. */
export class PatternError extends Error {
  readonly code: string
  readonly diagnostics: readonly Diagnostic[]

  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map(({ message, range }) => `${range.start.line}:${range.start.column}: ${message}`).join('\n'))
    this.name = 'PatternError'
    this.code = diagnostics[0]?.code ?? 'bad-pattern'
    this.diagnostics = diagnostics
  }
}
