import { bulkLimits, notText, textOf, tooLong, withoutMark, type BulkLine } from './lines.ts'

/**
 * CSV (RFC 4180; the first line names the columns; commas; UTF-8) as records of texts. Empty cells are left out of a record. A
 * quote that nothing closes spoils its own line only: reading goes on with the line after it.
 */
export async function* csvRecords(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<BulkLine> {
  let columns: readonly string[] | null = null
  for await (const { line, cells, fault } of csvRows(bytes)) {
    if (fault !== undefined) {
      yield { line, fault }
      if (columns === null) return
    } else if (columns === null) {
      const wrong = headFault(cells)
      if (wrong !== null) {
        yield { line, fault: wrong }
        return
      }
      columns = cells.map((cell) => cell.trim())
    } else yield recordOf(line, cells, columns)
  }
}

function headFault(cells: readonly string[]): string | null {
  if (cells.length > bulkLimits.columns) return `A file has at most ${bulkLimits.columns} columns.`
  const names = cells.map((cell) => cell.trim())
  if (names.includes('')) return 'The first line names the columns, and one of the names is empty.'
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  return twice === undefined ? null : `The column ${twice.slice(0, 64)} is there twice.`
}

function recordOf(line: number, cells: readonly string[], columns: readonly string[]): BulkLine {
  if (cells.length !== columns.length)
    return { line, fault: `The line has ${cells.length} cells where the first line has ${columns.length}.` }
  const value = Object.fromEntries(
    columns.flatMap((name, index) => (cells[index] === '' ? [] : [[name, cells[index]]])),
  )
  return { line, value }
}

interface Row {
  readonly line: number
  readonly cells: readonly string[]
  readonly fault?: string
}

const [quote, newline] = [34, 10]

/** Rows by where quotes are open: a line end inside of quotes is part of a cell. */
async function* csvRows(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Row> {
  const reader = new RowReader()
  for await (const chunk of bytes) yield* reader.take(chunk)
  yield* reader.end()
}

class RowReader {
  #kept: Uint8Array = new Uint8Array()
  /** Of #kept: up to where it was looked through, and whether quotes are open there. */
  #seen = 0
  #open = false
  /** The rest of a line that was too long is passed over. */
  #skipping = false
  #line = 1

  #drop(bytes: number): void {
    this.#kept = this.#kept.slice(bytes)
    this.#seen = 0
  }

  *take(chunk: Uint8Array): Generator<Row> {
    const both = new Uint8Array(this.#kept.length + chunk.length)
    both.set(this.#kept)
    both.set(chunk, this.#kept.length)
    this.#kept = both
    yield* this.#rows()
    while (this.#kept.length > bulkLimits.record) {
      yield* this.#giveUp(tooLong)
      yield* this.#rows()
    }
  }

  *end(): Generator<Row> {
    while (this.#kept.length > 0) {
      if (this.#open) {
        yield* this.#giveUp('A quote is opened here and never closed.')
        yield* this.#rows()
      } else {
        if (!this.#skipping) yield* this.#row(this.#kept)
        this.#kept = new Uint8Array()
      }
    }
  }

  /** All rows that are whole. */
  *#rows(): Generator<Row> {
    let from = 0
    for (let at = this.#seen; at < this.#kept.length; at++) {
      const byte = this.#kept[at]
      if (byte === quote && !this.#skipping) this.#open = !this.#open
      else if (byte === newline && !this.#open) {
        if (this.#skipping) this.#line += 1
        else yield* this.#row(this.#kept.subarray(from, at))
        this.#skipping = false
        from = at + 1
      }
    }
    this.#kept = this.#kept.slice(from)
    this.#seen = this.#kept.length
    if (this.#skipping) this.#drop(this.#kept.length)
  }

  /** What is kept is no row: goes on after its first line end. */
  *#giveUp(fault: string): Generator<Row> {
    yield { line: this.#line, cells: [], fault }
    const end = this.#kept.indexOf(newline)
    this.#skipping = end < 0
    this.#drop(end < 0 ? this.#kept.length : end + 1)
    if (end >= 0) this.#line += 1
    this.#open = false
  }

  *#row(raw: Uint8Array): Generator<Row> {
    const line = this.#line
    const ending = raw.at(-1) === 13 ? raw.subarray(0, -1) : raw
    const text = textOf(line === 1 ? withoutMark(ending) : ending)
    for (const byte of raw) if (byte === newline) this.#line += 1
    this.#line += 1
    if (text === null) yield { line, cells: [], fault: notText }
    else if (text !== '') yield rowOf(line, text)
  }
}

function rowOf(line: number, text: string): Row {
  const cells: string[] = []
  const cell = /"((?:[^"]|"")*)"(?=,|$)|([^",]*)(?=,|$)/y
  for (let at = 0; at <= text.length; at = cell.lastIndex + 1) {
    cell.lastIndex = at
    const found = cell.exec(text)
    if (found === null) {
      const fault = 'A cell with a quote in it is enclosed in quotes, and the quote doubled.'
      return { line, cells: [], fault }
    }
    cells.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '')
  }
  return { line, cells }
}
