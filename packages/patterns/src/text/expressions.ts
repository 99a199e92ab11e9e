import { abandoned, type Cursor } from './cursor.ts'
import type { Expression, Piece } from './tree.ts'

const identifier = /[A-Za-z_][A-Za-z0-9_]*/y
const number = /[0-9][0-9A-Za-z_.]*/y
const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }

/** Whether an expression is whole: brackets closed, an operand after its last operator. */
interface Scanned {
  readonly expression: Expression
  readonly whole: boolean
}

/**
 * Reads CEL. It ends where a value is complete and a word other than `in` follows, at a comma or closing bracket that is
 * not its own, or at the end of the statement; so no word has to be kept out of expressions. `cel "…"` holds the source
 * as JSON text.
 */
export function readExpression(cursor: Cursor): Expression {
  const { expression, whole } = scanExpression(cursor)
  if (whole) return expression
  const { offset } = expression.range.end
  const message = 'the expression ends where a value is expected'
  cursor.source.error('unfinished-expression', offset - 1, offset, message, { expected: ['a value'] })
  return expression
}

export function scanExpression(cursor: Cursor): Scanned {
  const { text } = cursor.source
  const start = cursor.at
  if (/^cel[ \t]*"/.test(text.slice(start, start + 16))) return { expression: escaped(cursor), whole: true }
  const scanner = new Scanner(cursor)
  scanner.run()
  if (scanner.source === '') cursor.unexpected(['an expression'])
  cursor.moveTo(start)
  const range = cursor.take('expression', scanner.end, { source: scanner.source })
  const expression: Expression = { kind: 'expression', source: scanner.source, range, pieces: scanner.pieces }
  cursor.source.expressions.push(expression)
  return { expression, whole: scanner.whole }
}

function escaped(cursor: Cursor): Expression {
  const start = cursor.at
  cursor.accept('cel')
  const { value } = cursor.text('text', /(?!)/y)
  if (value === '')
    cursor.fail('unexpected', start, cursor.at, 'expected an expression, found none', { expected: ['an expression'] })
  const expression: Expression = { kind: 'expression', source: value, range: cursor.rangeFrom(start), pieces: [] }
  cursor.source.expressions.push(expression)
  return expression
}

/** Walks over the tokens of one expression; only as much of CEL as tells where it ends. */
class Scanner {
  source = ''
  end: number
  readonly pieces: Piece[] = []
  readonly #cursor: Cursor
  readonly #open: { readonly at: number; readonly closing: string }[] = []
  #operand = true
  #torn = false

  constructor(cursor: Cursor) {
    this.#cursor = cursor
    this.end = cursor.at
  }

  get whole(): boolean {
    return !this.#operand && !this.#torn && this.#open.length === 0
  }

  run(): void {
    const { source } = this.#cursor
    for (;;) {
      const at = this.#cursor.at
      if (this.#cursor.done) break
      const end = this.#token(at)
      if (end === null) break
      this.#append(at, end)
      this.#cursor.moveTo(end)
    }
    const unclosed = this.#open.at(-1)
    if (unclosed === undefined) return
    source.error('unclosed', unclosed.at, unclosed.at + 1, `${source.text[unclosed.at]} is not closed`, {
      expected: [unclosed.closing],
    })
    throw abandoned
  }

  /** Offset behind the token, null where the expression has ended. Keeps track of whether a value is due. */
  #token(at: number): number | null {
    const { text } = this.#cursor.source
    const character = text[at]!
    if (character === '"' || character === "'") return this.#value(() => this.#cursor.closed(at))
    if (character === ',' && this.#open.length === 0) return null
    if (character in closing) {
      this.#open.push({ at, closing: closing[character]! })
      this.#operand = true
      return at + 1
    }
    if (character === ')' || character === ']' || character === '}') return this.#close(at, character)
    number.lastIndex = at
    const digits = number.exec(text)?.[0]
    if (digits !== undefined) return this.#value(() => at + digits.length)
    identifier.lastIndex = at
    const word = identifier.exec(text)?.[0]
    if (word !== undefined) return this.#word(at, word)
    if (character === '`') return this.#value(() => this.#quotedField(at))
    this.#operand = true
    return at + 1
  }

  #word(at: number, word: string): number | null {
    const end = at + word.length
    if (!this.#operand && word === 'in') {
      this.#operand = true
      return end
    }
    // A string's prefix (r'…', b"…") belongs to the string behind it.
    const prefix = /^(?:[rR][bB]?|[bB][rR]?)$/.test(word) && /["']/.test(this.#cursor.source.text[end] ?? '')
    if (prefix) return this.#value(() => this.#cursor.closed(end))
    return this.#value(() => end)
  }

  /** Two values beside each other at depth 0: the expression has ended before the second. */
  #value(end: () => number): number | null {
    if (!this.#operand && this.#open.length === 0) return null
    this.#operand = false
    return end()
  }

  #close(at: number, character: string): number | null {
    const open = this.#open.pop()
    if (open === undefined) return null
    if (open.closing !== character) {
      const message = `expected ${open.closing}, found ${character}`
      this.#cursor.fail('unclosed', at, at + 1, message, { expected: [open.closing] })
    }
    this.#operand = false
    return at + 1
  }

  /** CEL's quoted field names, `a.`b-c``. */
  #quotedField(at: number): number {
    const { text, positions } = this.#cursor.source
    const behind = text.indexOf('`', at + 1)
    const limit = Math.min(this.#cursor.end, positions.lineEnd(positions.at(at).line - 1))
    if (behind !== -1 && behind < limit) return behind + 1
    this.#torn = true
    return limit
  }

  /** Adds a token; where lines or a comment part it from the one before, a space does in the source. */
  #append(at: number, end: number): void {
    const { text } = this.#cursor.source
    const between = text.slice(this.end, at)
    if (this.pieces.length === 0 || /[\r\n]|\/\//.test(between)) {
      if (this.pieces.length > 0) this.source += ' '
      this.pieces.push({ offset: this.source.length, at })
    } else this.source += between
    this.source += text.slice(at, end)
    this.end = end
  }
}

/** Where a character of an expression's source stands in the text; null when it is written as `cel "…"`. */
export function offsetIn(expression: Expression, offset: number): number | null {
  const piece = expression.pieces.findLast((candidate) => candidate.offset <= offset)
  return piece === undefined ? null : Math.min(piece.at + offset - piece.offset, expression.range.end.offset)
}
