import type { Rows } from './rows.ts'
import { isSpace, stringEnd, wordAt } from './scan.ts'
import { clipped, type Help, type Source } from './source.ts'
import type { Name, NameRole, Range, Text, Token, TokenKind } from './tree.ts'
import { isName } from './words.ts'

/** Leaves a statement that cannot be read any further; it has been reported. Never leaves the reader. */
class Abandoned extends Error {}

/** Made once: a text may have very many mistakes, and nobody looks where this one was thrown. */
export const abandoned = new Abandoned('a statement is left')

const rough = /[\p{L}\p{N}_][\p{L}\p{N}\p{M}_-]*/uy
const roughDotted = /[\p{L}\p{N}_][\p{L}\p{N}\p{M}_.-]*/uy

/** Reads one statement from left to right. White space, line breaks and comments between tokens are passed over. */
export class Cursor {
  readonly source: Source
  readonly tokens: Token[] = []
  readonly start: number
  readonly end: number
  #at: number
  /** Behind the last token. */
  #last: number

  constructor(source: Source, extent: Pick<ReturnType<Rows['take']>, 'start' | 'end'>) {
    this.source = source
    this.start = extent.start
    this.end = extent.end
    this.#at = extent.start
    this.#last = extent.start
  }

  /** Offset of the next token. */
  get at(): number {
    this.#skip()
    return this.#at
  }

  get done(): boolean {
    return this.at >= this.end
  }

  /** The next character, `''` at the end. */
  get character(): string {
    return this.done ? '' : this.source.text[this.#at]!
  }

  /** The next token as a bare word, `''` when it is none. */
  get word(): string {
    return this.done ? '' : wordAt(this.source.text, this.#at)
  }

  /** From `start` to the end of the last token read. */
  rangeFrom(start: number): Range {
    return this.source.positions.range(start, Math.max(start, this.#last))
  }

  startsWith(text: string): boolean {
    return !this.done && this.source.text.startsWith(text, this.#at)
  }

  /** Moves behind a token. */
  take(kind: TokenKind, end: number, more?: Pick<Token, 'value' | 'source'>): Range {
    const start = this.at
    this.tokens.push(more === undefined ? { kind, start, end } : { kind, start, end, ...more })
    this.#at = end
    this.#last = end
    return this.source.positions.range(start, end)
  }

  /** Moves behind a part of a token that is made of several. */
  pass(end: number): void {
    this.#at = end
    this.#last = end
  }

  /** Moves within a token that is not complete yet. */
  moveTo(at: number): void {
    this.#at = at
  }

  /** Takes the word if it is the next; null otherwise. */
  accept(word: string, kind: TokenKind = 'word'): Range | null {
    return this.word === word ? this.take(kind, this.#at + word.length) : null
  }

  /** Whether the word is all that is left of the statement. */
  standsAlone(word: string): boolean {
    if (this.word !== word) return false
    const at = this.#at
    this.#at += word.length
    const alone = this.done
    this.#at = at
    return alone
  }

  /** Takes the punctuation if it is the next. */
  mark(text: string, kind: TokenKind): boolean {
    if (!this.startsWith(text)) return false
    this.take(kind, this.#at + text.length)
    return true
  }

  require(text: string, kind: TokenKind): void {
    if (!this.mark(text, kind)) this.unexpected([text])
  }

  name(role: NameRole, declares = false): Name {
    const { text } = this.source
    const start = this.at
    if (this.character === '"') return this.#named(role, declares, this.#quoted())
    const pattern = role === 'task' ? roughDotted : rough
    pattern.lastIndex = start
    let found = this.done ? '' : (pattern.exec(text)?.[0] ?? '')
    if (found.endsWith('-') && text[start + found.length] === '>') found = found.slice(0, -1)
    if (found === '') this.unexpected([`a ${role}'s name`])
    return this.#named(role, declares, { value: found, range: this.take('word', start + found.length) })
  }

  /** Quoted text, or what `bare` matches at the cursor. */
  text(what: string, bare: RegExp): Text {
    if (this.character === '"') return { kind: 'text', ...this.#quoted() }
    bare.lastIndex = this.at
    const found = this.done ? '' : (bare.exec(this.source.text)?.[0] ?? '')
    if (found === '') this.unexpected([what])
    return { kind: 'text', value: found, range: this.take('word', this.#at + found.length) }
  }

  /** Reports what stands here instead of what could, and leaves the statement. */
  unexpected(expected: readonly string[], known?: Iterable<string>): never {
    const start = this.at
    const found = this.#found()
    const wanted = listed(expected)
    const what = this.done ? 'the line ends here' : `found ${clipped(found)}`
    const end = this.done ? start : start + found.length
    const help = { expected, found, ...(known === undefined ? {} : { known }) }
    return this.fail(
      'unexpected',
      Math.min(start, this.end),
      Math.min(end, this.end),
      `expected ${wanted}, ${what}`,
      help,
    )
  }

  fail(code: string, start: number, end: number, message: string, help?: Help): never {
    this.source.error(code, start, end, message, help)
    throw abandoned
  }

  /** Reports what is left of the statement. */
  finish(expected: readonly string[], known?: Iterable<string>): void {
    if (!this.done) this.unexpected(expected.length === 0 ? ['the end of the line'] : expected, known)
  }

  #skip(): void {
    const { text, positions } = this.source
    while (this.#at < this.end) {
      const character = text[this.#at]!
      if (isSpace(character) || character === '\n' || character === '\r') this.#at += 1
      else if (character === '/' && text[this.#at + 1] === '/') {
        this.#at = Math.min(this.end, positions.lineEnd(positions.at(this.#at).line - 1))
      } else return
    }
  }

  #found(): string {
    rough.lastIndex = this.#at
    const word = rough.exec(this.source.text)?.[0]
    if (word !== undefined) return word
    return /^(?:[=-]+>|"[^"\n]*"?|.)/u.exec(this.source.text.slice(this.#at, this.end))?.[0] ?? ''
  }

  #quoted(): { value: string; range: Range } {
    const { text } = this.source
    const start = this.at
    const end = this.closed(start)
    try {
      const value = JSON.parse(text.slice(start, end)) as string
      return { value, range: this.take('text', end) }
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      return this.fail('bad-text', start, end, 'this text is no JSON text: after \\ only " \\ / b f n r t uXXXX')
    }
  }

  /** Offset behind the string that opens at `open`; a string ends on its line. */
  closed(open: number): number {
    const { text, positions } = this.source
    const limit = Math.min(this.end, positions.lineEnd(positions.at(open).line - 1))
    const end = stringEnd(text, open, limit)
    if (end !== -1) return end
    const quote = text[open]!
    return this.fail('unclosed-text', open, limit, `${quote} is not closed on its line`, { expected: [quote] })
  }

  #named(role: NameRole, declares: boolean, { value, range }: { value: string; range: Range }): Name {
    const name: Name = { kind: 'name', role, value, range, declares }
    if (!isName(value, role === 'task')) {
      const dots = role === 'task' ? ' and dots between its parts' : ''
      const message = `${JSON.stringify(clipped(value))} is no name: a letter, then letters, digits, - and _${dots}, up to ${role === 'task' ? 128 : 64}`
      this.source.error('bad-name', range.start.offset, range.end.offset, message)
    }
    this.source.names.push(name)
    return name
  }
}

/** `a, b or c`; punctuation in quotes. */
function listed(expected: readonly string[]): string {
  const shown = expected.map((one) => (/^[^\w"]{1,2}$/.test(one) ? `"${one}"` : one))
  return shown.length === 1 ? shown[0]! : `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)!}`
}
