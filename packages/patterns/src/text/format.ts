import { commentedLines } from './commented-lines.ts'
import { PatternError } from './diagnostics.ts'
import { Positions } from './positions.ts'
import { excessOf, readPattern } from './read.ts'
import { StatementLayout } from './statement-lines.ts'
import type { Comment, Statement, Token } from './statements.ts'
import type { PatternTree } from './tree.ts'
import type { TopWord } from './words.ts'

/**
 * A text in the usual form: the same document, every comment kept. Formatting what is formatted changes nothing. Throws PatternError
 * with all diagnostics when the text cannot be read, or could not be read again because it is too large in that form.
 */
export function formatPattern(text: string): string {
  const { tree, document, diagnostics } = readPattern(text)
  if (document === null) throw new PatternError(diagnostics.filter(({ severity }) => severity === 'error'))
  const formatted = new Formatter(tree).run()
  const excess = excessOf(formatted)
  if (excess === null) return formatted
  const range = new Positions('').range(0, 0)
  throw new PatternError([{ code: 'too-large', severity: 'error', message: `formatted, ${excess}`, range }])
}

/** A statement or a comment that stands between statements. */
type Item =
  | { readonly kind: 'comment'; readonly comment: Comment; readonly lines: readonly [number, number] }
  | { readonly kind: 'statement'; readonly statement: Statement; readonly lines: readonly [number, number] }

/** Sections of one group have no empty line between them unless the author put one there. */
const groupOf: Readonly<Record<TopWord, string>> = {
  model: 'model',
  shared: 'data',
  data: 'data',
  states: 'states',
  initial: 'states',
  final: 'states',
  signal: 'signal',
  on: 'on',
  returns: 'returns',
}

/** Sections whose entries are written each behind the section's word. */
const flat = new Set<TopWord | null>(['shared', 'data', 'signal', 'returns'])

class Formatter {
  readonly #text: string
  readonly #positions: Positions
  readonly #items: readonly Item[]
  /** Comments within statements, and those at the end of a statement's last line. */
  readonly #inner = new Set<Statement>()
  readonly #trailing = new Map<Statement, Comment>()
  readonly #lines: string[] = []
  /** Where comments before the next statement begin that stand at the start of a line. */
  #gap: number | null = null
  #empty = false
  #before: Statement | null = null

  constructor(tree: PatternTree) {
    this.#text = tree.text
    this.#positions = new Positions(tree.text)
    this.#items = this.#sorted(tree)
  }

  run(): string {
    let last = 0
    for (const [index, item] of this.#items.entries()) {
      const empty = last > 0 && item.lines[0] > last + 1
      last = item.lines[1]
      if (empty) this.#emptyLine()
      if (item.kind === 'comment') this.#comment(item.comment)
      else this.#statement(item.statement, this.#hasBody(index))
    }
    while (this.#lines.at(-1) === '') this.#lines.pop()
    return `${this.#lines.join('\n')}\n`
  }

  /** Comments that belong into or behind a statement are put aside. */
  #sorted({ statements, comments }: PatternTree): Item[] {
    const items: Item[] = []
    let next = 0
    for (const statement of statements) {
      const { range, lines } = statement
      for (; next < comments.length && comments[next]!.range.start.offset < range.start.offset; next += 1)
        items.push(commentItem(comments[next]!))
      for (; next < comments.length && comments[next]!.range.start.offset < range.end.offset; next += 1)
        this.#inner.add(statement)
      const behind = comments[next]
      if (behind !== undefined && behind.range.start.line === lines[1]) {
        this.#trailing.set(statement, behind)
        next += 1
      }
      items.push({ kind: 'statement', statement, lines })
    }
    return [...items, ...comments.slice(next).map(commentItem)]
  }

  #hasBody(index: number): boolean {
    let next = index + 1
    while (this.#items[next]?.kind === 'comment') next += 1
    const item = this.#items[next]
    return item?.kind === 'statement' && item.statement.depth === 1
  }

  #emptyLine(): void {
    if (this.#lines.length === 0 || this.#lines.at(-1) === '' || this.#opens(this.#before)) return
    this.#lines.push('')
    this.#empty = true
  }

  /** No empty line between `states` and the first of them. */
  #opens(statement: Statement | null): boolean {
    return statement !== null && this.#gap === null && statement.header && statement.section === 'states'
  }

  #comment({ text, range }: Comment): void {
    const inBlock = this.#before !== null && (this.#before.section === 'on' || this.#standsBelow(this.#before))
    const indent = inBlock && range.start.column > 1 ? 2 : 0
    if (indent === 0) this.#gap ??= this.#lines.length
    this.#lines.push(' '.repeat(indent) + text)
  }

  #standsBelow({ section, header, depth }: Statement): boolean {
    return section === 'states' && (header || depth === 1)
  }

  #statement(statement: Statement, hasBody: boolean): void {
    const { section, header, depth } = statement
    const trailing = this.#trailing.get(statement)
    if (this.#startsGroup(statement, hasBody)) this.#separate()
    if (header && flat.has(section)) {
      if (trailing !== undefined) this.#comment(trailing)
      return
    }
    const lines = this.#linesOf(statement, depth === 1 && !flat.has(section) ? 2 : 0)
    if (trailing !== undefined) lines.push(`${lines.pop()!} ${trailing.text}`)
    for (const line of lines) this.#lines.push(line)
    this.#before = statement
    this.#gap = null
    this.#empty = false
  }

  /** Transitions without a body may stand close together. */
  #startsGroup({ section, depth }: Statement, hasBody: boolean): boolean {
    if (this.#before === null || section === null) return false
    if (section === 'on' && this.#before.section === 'on') return depth === 0 && (this.#before.depth === 1 || hasBody)
    return groupOf[section] !== groupOf[this.#before.section ?? section]
  }

  /** An empty line before the comments that stand above the statement, unless there is one somewhere between. */
  #separate(): void {
    if (this.#empty) return
    this.#lines.splice(this.#gap ?? this.#lines.length, 0, '')
    this.#empty = true
  }

  #linesOf(statement: Statement, indent: number): string[] {
    const { tokens, section, depth } = statement
    const first = this.#firstText(statement)
    if (this.#inner.has(statement)) return commentedLines(statement, this.#positions, indent, first)
    const layout = new StatementLayout(this.#text, tokens, indent, first)
    if (layout.fits || (section !== 'states' && section !== 'signal')) return layout.lines()
    const entries = entriesOf(depth === 1 ? tokens : tokens.slice(1))
    if (entries.length < 2) return layout.lines()
    const below = section === 'states' && depth === 0
    const lines = entries.flatMap((entry) => {
      const text = this.#text.slice(entry[0]!.start, entry[0]!.end)
      const word = section === 'signal' ? `signal ${text}` : text
      return new StatementLayout(this.#text, entry, section === 'states' ? 2 : 0, word).lines()
    })
    return below ? ['states', ...lines] : lines
  }

  /** The first token; with its section's word before it when it stands below that word alone. */
  #firstText({ tokens, section, depth }: Statement): string {
    const { start, end } = tokens[0]!
    const text = this.#text.slice(start, end)
    if (depth === 1 && flat.has(section)) return `${section} ${text}`
    return section === 'signal' ? 'signal' : text
  }
}

function commentItem(comment: Comment): Item {
  return { kind: 'comment', comment, lines: [comment.range.start.line, comment.range.end.line] }
}

/** Split at the commas that are not within brackets. */
function entriesOf(tokens: readonly Token[]): Token[][] {
  const entries: Token[][] = [[]]
  let depth = 0
  for (const token of tokens) {
    if (token.kind === 'open') depth += 1
    if (token.kind === 'close') depth -= 1
    if (token.kind === 'separator' && depth === 0) entries.push([])
    else entries.at(-1)!.push(token)
  }
  return entries.filter((entry) => entry.length > 0)
}
