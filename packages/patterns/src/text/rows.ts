import { isSpace, scanLine } from './scan.ts'
import type { Source } from './source.ts'
import { beginsBody } from './words.ts'

/** What kind of statement a line begins: it decides which of the lines after it continue it. */
export type StatementKind = 'header' | 'head' | 'body' | 'assignment' | 'list'

/** A line that holds more than a comment. */
export interface Row {
  /** From 0. */
  readonly line: number
  /** Offset of the first character that is no blank. */
  readonly start: number
  readonly limit: number
  /** Columns of white space before `start`; a tab counts as two. */
  readonly indent: number
}

/** Where a statement with the lines that continue it stands. */
export interface Extent {
  readonly start: number
  readonly end: number
  readonly lines: readonly [first: number, last: number]
  readonly indent: number
}

/** What stands at the end of a line that goes on: an operator, an open bracket, a word that needs another. A name may end with `-`. */
const goesOnBefore = /(?:[+*/%<>=!?:.,&|([{]|(?<![A-Za-z0-9_-])-|(?<![A-Za-z0-9_.-])(?:when|as|clear|in))$/
const longestWord = 'clear'.length + 1

/** Splits a text into statements, by indentation and open brackets. Comments are put aside, tabs reported. */
export class Rows {
  readonly #source: Source
  #line = 0
  #next: Row | null = null

  constructor(source: Source) {
    this.#source = source
    this.#advance()
  }

  /** The line that begins the next statement; null at the end. */
  get next(): Row | null {
    return this.#next
  }

  /** What stands on a row, comments included. */
  lineOf(row: Row): string {
    return this.#source.text.slice(row.start, row.limit)
  }

  /** Takes the next statement: its row and all that continue it. */
  take(kind: StatementKind): Extent {
    const first = this.#next!
    let last = first
    let scan = this.#scan(first, 0)
    this.#advance()
    while (this.#next !== null) {
      const before = this.#source.text.slice(Math.max(first.start, scan.end - longestWord), scan.end)
      if (!this.#continues(this.#next, kind, first.indent, scan.depth, before)) break
      last = this.#next
      scan = this.#scan(last, scan.depth)
      this.#advance()
    }
    return { start: first.start, end: scan.end, lines: [first.line, last.line], indent: first.indent }
  }

  /** `before` is the end of the line before. No indentation but the statement's own counts, so that a formatter may choose it. */
  #continues(row: Row, kind: StatementKind, indent: number, open: number, before: string): boolean {
    const line = this.lineOf(row)
    if (row.indent <= indent) return /^[)\]}]/.test(line)
    if (beginsTransition(line)) return false
    if ((kind === 'head' || kind === 'body') && beginsBody(line)) return false
    if (open > 0 || kind === 'body') return true
    if (kind === 'assignment') return !beginsAssignment(line)
    if (goesOnBefore.test(before) || /^(?:&&|\|\||[-+*/%<>=!?:.,([{)\]}])/.test(line)) return true
    return kind === 'head' && /^(?:when|as|clear|in)(?:[ \t]|$)/.test(line)
  }

  #scan(row: Row, depth: number) {
    const { text, positions, comments } = this.#source
    const scan = scanLine(text, row.start, row.limit, depth)
    if (scan.comment !== -1) {
      const comment = text.slice(scan.comment, row.limit).trimEnd()
      const range = positions.range(scan.comment, scan.comment + comment.length)
      comments.push({ range, text: comment, alone: false })
    }
    return scan
  }

  #advance(): void {
    const { text, positions, comments } = this.#source
    for (; this.#line < positions.starts.length; this.#line += 1) {
      const lineStart = positions.starts[this.#line]!
      const limit = positions.lineEnd(this.#line)
      let start = lineStart
      let indent = 0
      for (; start < limit && isSpace(text[start]!); start += 1) indent += text[start] === '\t' ? 2 : 1
      if (text[lineStart] === '\uFEFF') indent -= 1
      if (start === limit) continue
      if (text.startsWith('//', start)) {
        const comment = text.slice(start, limit).trimEnd()
        comments.push({ range: positions.range(start, start + comment.length), text: comment, alone: true })
        continue
      }
      this.#reportTab(lineStart, start)
      this.#next = { line: this.#line, start, limit, indent }
      this.#line += 1
      return
    }
    this.#next = null
  }

  #reportTab(lineStart: number, start: number): void {
    const indentation = this.#source.text.slice(lineStart, start)
    const tab = indentation.indexOf('\t')
    if (tab === -1) return
    const message = 'a tab in the indentation: indent with two spaces'
    this.#source.error('tab', lineStart + tab, start, message, { expected: ['two spaces'] })
  }
}

/** No continuation of an expression looks like this, so a transition is found again after any mistake. */
export function beginsTransition(line: string): boolean {
  return /^on[ \t]+(?:"[^"]*"|[A-Za-z][\w-]*)[ \t]*:/.test(line)
}

export function beginsAssignment(line: string): boolean {
  return /^(?:"[^"]*"|[A-Za-z][\w-]*)[ \t]*=(?!=)/.test(line)
}
