import { beginsTransition } from './rows.ts'
import { groups, joined } from './spacing.ts'
import type { Token } from './statements.ts'
import { valueText } from './value-lines.ts'
import { beginsBody } from './words.ts'
import { width, wrapExpression } from './wrap.ts'

/** Columns by which what continues a line is indented. */
const deeper = 4

/** Lays out one statement without comments in it: on one line, or broken at its list, its clauses, its commas and its operators. */
export class StatementLayout {
  readonly #text: string
  readonly #indent: number
  readonly #tokens: readonly Token[]
  readonly #first: string

  /** `first` is written for the first token. */
  constructor(text: string, tokens: readonly Token[], indent: number, first: string) {
    this.#text = text
    this.#tokens = tokens
    this.#indent = indent
    this.#first = first
  }

  /** Whether it needs one line only. */
  get fits(): boolean {
    return this.#flat(this.#tokens) !== null
  }

  lines(): string[] {
    const tokens = this.#tokens
    const line = this.#flat(tokens)
    if (line !== null) return [' '.repeat(this.#indent) + line]
    const open = tokens.findIndex(({ kind }) => kind === 'open')
    const close = tokens.findIndex(({ kind }) => kind === 'close')
    const short = this.#flat(tokens.slice(0, close + 1)) !== null
    if (open !== -1 && close > open + 1 && !short) return this.#list(tokens, open, close)
    return this.#clauses(tokens, this.#indent)
  }

  /** Null when it does not fit on one line. */
  #flat(tokens: readonly Token[], indent = this.#indent): string | null {
    const line = joined(tokens, (token) => this.#token(token))
    return line.length + indent <= width && !line.includes('\n') ? line : null
  }

  #token(token: Token): string {
    const { kind, start, end, value, source } = token
    if (token === this.#tokens[0]) return this.#first
    if (kind === 'value' && value !== undefined) return valueText(value, 0, this.#indent)
    return source ?? this.#text.slice(start, end)
  }

  #list(tokens: readonly Token[], open: number, close: number): string[] {
    const items = groups(tokens.slice(open + 1, close), () => false)[0]!
    const entries: Token[][] = [[]]
    for (const token of items) {
      if (token.kind === 'separator') entries.push([])
      else entries.at(-1)!.push(token)
    }
    const written = entries.filter((entry) => entry.length > 0)
    const head = ' '.repeat(this.#indent) + joined(tokens.slice(0, open + 1), (token) => this.#token(token))
    const inner = written.flatMap((entry, index) => {
      const lines = this.#entry(entry, this.#indent + 2, 2)
      return index === written.length - 1 ? lines : [...lines.slice(0, -1), `${lines.at(-1)!},`]
    })
    return [head, ...inner, ...this.#clauses(tokens.slice(close), this.#indent)]
  }

  /** As many clauses on a line as it holds. */
  #clauses(tokens: readonly Token[], indent: number): string[] {
    let lines: string[] = []
    let line: Token[] = []
    const write = (): void => {
      const [columns, more] = lines.length === 0 ? [indent, deeper] : [indent + deeper, 2]
      if (line.length > 0) lines = [...lines, ...this.#entry(line, columns, more)]
    }
    for (const clause of groups(tokens, ({ kind }) => kind === 'clause')) {
      const columns = lines.length === 0 ? indent : indent + deeper
      if (this.#flat([...line, ...clause], columns) === null) {
        write()
        line = clause
      } else line = [...line, ...clause]
    }
    write()
    return lines
  }

  /** A piece that is broken within its value, its expression or its commas, when it is too long. */
  #entry(tokens: readonly Token[], indent: number, more: number): string[] {
    const pad = ' '.repeat(indent)
    const flat = this.#flat(tokens, indent)
    if (flat !== null) return [pad + flat]
    const last = tokens.at(-1)!
    const before = joined(tokens.slice(0, -1), (token) => this.#token(token))
    const begin = before === '' ? pad : `${pad}${before} `
    if (last.kind === 'value' && last.value !== undefined) return [begin + valueText(last.value, begin.length, indent)]
    if (last.kind === 'expression' && last.source !== undefined) {
      const [first, ...rest] = wrapExpression(last.source, width - begin.length)
      return [begin + first!, ...rest.map((line) => pad + ' '.repeat(more) + line)]
    }
    return this.#filled(tokens, indent, more)
  }

  /** A long list of names, broken behind commas. */
  #filled(tokens: readonly Token[], indent: number, more: number): string[] {
    const words: Token[][] = [[]]
    for (const token of tokens) {
      words.at(-1)!.push(token)
      if (token.kind === 'joined' && this.#text[token.start] === ',') words.push([])
    }
    const lines: string[] = []
    let line = ''
    for (const word of words.filter((each) => each.length > 0)) {
      const text = joined(word, (token) => this.#token(token))
      const room = width - indent - (lines.length === 0 ? 0 : more)
      if (line !== '' && line.length + 1 + text.length > room) {
        lines.push(line)
        line = text
      } else line = line === '' ? text : `${line} ${text}`
    }
    lines.push(line)
    const whole = lines.slice(1).some((each) => beginsBody(each) || beginsTransition(each)) ? [lines.join(' ')] : lines
    return whole.map((each, index) => ' '.repeat(index === 0 ? indent : indent + more) + each)
  }
}
