import { readBody } from './body.ts'
import { attempt, type Mutable } from './clauses.ts'
import { Cursor } from './cursor.ts'
import { readModel } from './model-line.ts'
import { beginsAssignment, beginsTransition, type Extent, type Row, Rows, type StatementKind } from './rows.ts'
import { wordAt } from './scan.ts'
import { type Declared, openSection } from './sections.ts'
import type { Source } from './source.ts'
import { type OpenTransition, readHead } from './transitions.ts'
import type { Part, Range } from './tree.ts'
import { reportUnknownWord } from './unknown-word.ts'
import { beginsBody, bodyWords, isBodyWord, type TopWord, topWordOf, topWords } from './words.ts'

/** What the indented lines that follow belong to. `column` is where the first of them begins. */
interface Block {
  readonly kind: StatementKind
  readonly section: TopWord
  readonly part: Mutable<Part>
  readonly read: (cursor: Cursor) => void
  column: number | null
}

const once = new Set<TopWord>(['model', 'initial', 'final'])

/** Reads a text statement by statement; a mistake ends its statement only. */
export class Parser {
  readonly parts: Part[] = []
  readonly #source: Source
  readonly #rows: Rows
  readonly #declared: Declared = { shared: new Map(), data: new Map(), signal: new Map(), returns: new Map() }
  readonly #first = new Map<TopWord, Range>()
  #block: Block | null = null

  constructor(source: Source) {
    this.#source = source
    this.#rows = new Rows(source)
  }

  run(): void {
    for (let row = this.#rows.next; row !== null; row = this.#rows.next) {
      if (this.#belongsToBlock(row)) this.#indented(row, this.#block!)
      else this.#top(row)
    }
    this.#closeBlock()
    this.#require()
  }

  /** Whether the line stands under the header before it, also where its indentation is wrong. */
  #belongsToBlock(row: Row): boolean {
    if (this.#block === null) return false
    const line = this.#rows.lineOf(row)
    if (row.indent > 0) return !beginsTransition(line)
    const { kind } = this.#block
    return (kind === 'body' && beginsBody(line)) || (kind === 'assignment' && beginsAssignment(line))
  }

  #indented(row: Row, block: Block): void {
    block.column ??= row.indent === 0 ? 2 : row.indent
    if (row.indent !== block.column) this.#indentation(row, block.column)
    const extent = this.#rows.take(block.kind)
    const cursor = new Cursor(this.#source, extent)
    attempt(() => block.read(cursor))
    this.#keep(cursor, extent, { depth: 1, section: block.section, header: false })
    block.part.range = { start: block.part.range.start, end: this.#source.positions.at(extent.end) }
  }

  #indentation(row: Row, column: number): void {
    const message = `indented by ${row.indent}, where ${column} is expected`
    const { first, end } = this.#margin(row)
    this.#source.error('indentation', first, end, message, { expected: [`${column} spaces`] })
  }

  #top(row: Row): void {
    this.#closeBlock()
    const written = wordAt(this.#source.text, row.start)
    const word = topWordOf(written)
    if (word === null) return this.#unknown(row, written)
    if (row.indent > 0) this.#misplaced(row, `${written} begins at the start of a line`)
    const line = this.#rows.lineOf(row)
    const extent = this.#rows.take(word === 'on' ? 'head' : inlineKind(word, line))
    const cursor = new Cursor(this.#source, extent)
    if (word === 'on') this.#transition(cursor)
    else this.#section(word, written, cursor)
    this.#keep(cursor, extent, { depth: 0, section: word, header: this.#block !== null && word !== 'on' })
  }

  #misplaced(row: Row, message: string): void {
    const { first, end } = this.#margin(row)
    this.#source.error('indentation', first, end, message, { expected: ['no indentation'] })
  }

  /** The white space before a line; its first character when there is none. */
  #margin({ line, start }: Row): { readonly first: number; readonly end: number } {
    const first = this.#source.positions.starts[line]!
    return { first, end: Math.max(start, first + 1) }
  }

  #unknown(row: Row, word: string): void {
    const extent = this.#rows.take('body')
    const cursor = new Cursor(this.#source, extent)
    attempt(() => {
      if (isBodyWord(word)) {
        const message = `${word} belongs to a transition: it stands indented below on …`
        cursor.fail('misplaced', extent.start, extent.start + word.length, message)
      }
      if (word === 'version' || word === 'title') {
        const message = `${word} stands on the line of model: model <name> 1.0.0 "title"`
        cursor.fail('misplaced', extent.start, extent.start + word.length, message)
      }
      if (row.indent > 0 && topWordOf(word) === null && this.#first.size > 0) {
        const message = 'an indented line belongs to on …, or to a section whose word stands alone on the line before'
        const { first, end } = this.#margin(row)
        cursor.fail('indentation', first, end, message, { expected: ['no indentation'] })
      }
      reportUnknownWord(cursor, topWords, ['signals'])
    })
    this.#keep(cursor, extent, { depth: 0, section: null, header: false })
  }

  #transition(cursor: Cursor): void {
    const node = readHead(cursor)
    this.parts.push(node)
    let highest = -1
    const read = (line: Cursor): void => {
      highest = Math.max(highest, this.#body(line, node, highest))
    }
    this.#block = { kind: 'body', section: 'on', part: node, read, column: null }
    this.#first.set('on', node.range)
  }

  /** Reads a statement of a transition's body; the place of its word in the order of evaluation comes back. */
  #body(cursor: Cursor, node: OpenTransition, highest: number): number {
    const word = wordAt(this.#source.text, cursor.at)
    if (!isBodyWord(word)) {
      if (word === 'when' && node.when === undefined) {
        const message = 'when stands on the line of on, or directly below it'
        cursor.fail('misplaced', cursor.at, cursor.at + word.length, message)
      }
      return reportUnknownWord(cursor, bodyWords)
    }
    const start = cursor.at
    const order = bodyWords.indexOf(word)
    const body = readBody(cursor, word)
    if (body === null) return order
    if (order < highest) {
      const message = `${word} takes effect before ${bodyWords[highest]}, wherever it is written: write it before`
      this.#source.warn('order', start, start + word.length, message)
    }
    node.body.push(body)
    return order
  }

  #section(word: Exclude<TopWord, 'on'>, written: string, cursor: Cursor): void {
    const keyword = cursor.accept(written)!
    this.#noSecond(word, keyword)
    if (word === 'model') {
      this.parts.push(...readModel(cursor, keyword))
      return
    }
    if (cursor.startsWith(':')) {
      this.#source.error('unexpected', cursor.at, cursor.at + 1, `no colon after ${written}`, { expected: [] })
      cursor.take('joined', cursor.at + 1)
    }
    const { part, kind, read } = openSection(word, keyword, this.#declared)
    this.parts.push(part)
    if (cursor.done && word !== 'initial' && word !== 'final') {
      this.#block = { kind, section: word, part, read, column: null }
      return
    }
    attempt(() => read(cursor))
    part.range = cursor.rangeFrom(cursor.start)
  }

  #closeBlock(): void {
    const block = this.#block
    this.#block = null
    if (block === null || block.column !== null || block.section === 'on') return
    const { start, end } = block.part.range
    const message = `nothing stands under ${block.section}; where there is none: ${block.section} none`
    this.#source.error('empty-section', start.offset, end.offset, message, { expected: ['none'] })
  }

  #noSecond(word: TopWord, keyword: Range): void {
    const first = this.#first.get(word)
    if (first === undefined) {
      this.#first.set(word, keyword)
      return
    }
    if (!once.has(word)) return
    const message = `${word} is there already, in line ${first.start.line}`
    this.#source.error(`duplicate-${word}`, keyword.start.offset, keyword.end.offset, message)
  }

  #require(): void {
    for (const [word, example] of [
      ['model', 'model <name> 1.0.0 "title"'],
      ['states', 'states <name> (initial), <name> (final)'],
    ] as const) {
      const misspelt = this.#source.diagnostics.some(({ nearest }) => nearest === word)
      if (this.#first.has(word) || misspelt) continue
      this.#source.error(`missing-${word}`, 0, 0, `${word} is missing: ${example}`, { expected: [word] })
    }
  }

  #keep(
    cursor: Cursor,
    extent: Extent,
    what: Pick<Source['statements'][number], 'depth' | 'section' | 'header'>,
  ): void {
    const range = this.#source.positions.range(extent.start, extent.end)
    const lines = [extent.lines[0] + 1, extent.lines[1] + 1] as const
    this.#source.statements.push({ range, indent: extent.indent, lines, tokens: cursor.tokens, ...what })
  }
}

/** An entry on its section's own line goes on as one under it does. */
function inlineKind(word: TopWord, line: string): StatementKind {
  const entry = word === 'data' || word === 'shared' || word === 'returns'
  return entry && /^\w+[ \t]+(?!\/\/)\S/.test(line) ? 'assignment' : 'header'
}
