import { nearestName } from '@sutler/engine'
import type { Diagnostic } from './diagnostics.ts'
import { patternLimits } from './limits.ts'
import { Positions } from './positions.ts'
import type { Comment, Expression, Name, Statement } from './tree.ts'

/** Further words about a mistake: `known` are the names among which the nearest is looked for. */
export interface Help {
  readonly expected?: readonly string[]
  readonly found?: string
  readonly known?: Iterable<string>
}

/** For messages: a name that somebody wrote, cut where it is longer than any name. */
export function clipped(text: string): string {
  return text.length <= 64 ? text : `${text.slice(0, 64)}…`
}

/** A text that is being read, and all that was seen of it so far. */
export class Source {
  readonly text: string
  readonly positions: Positions
  readonly diagnostics: Diagnostic[] = []
  readonly names: Name[] = []
  readonly expressions: Expression[] = []
  readonly comments: Comment[] = []
  readonly statements: Statement[] = []

  constructor(text: string) {
    this.text = text
    this.positions = new Positions(text)
  }

  error(code: string, start: number, end: number, message: string, help: Help = {}): void {
    this.#add('error', code, start, end, message, help)
  }

  warn(code: string, start: number, end: number, message: string): void {
    this.#add('warning', code, start, end, message, {})
  }

  #add(
    severity: Diagnostic['severity'],
    code: string,
    start: number,
    end: number,
    message: string,
    { expected, found, known }: Help,
  ): void {
    if (this.diagnostics.length >= patternLimits.diagnostics) return
    const near = found !== undefined && known !== undefined && found.length <= 64
    const nearest = near ? nearestName(found, known) : null
    this.diagnostics.push({
      code,
      severity,
      message: nearest === null ? message : `${message}, did you mean ${nearest}?`,
      range: this.positions.range(start, end),
      ...(expected === undefined ? {} : { expected }),
      ...(nearest === null ? {} : { nearest }),
    })
  }
}
