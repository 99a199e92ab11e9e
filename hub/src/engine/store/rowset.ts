import type { Sql } from '../../platform/database.ts'
import { documents, flags, numbers, texts } from './columns.ts'

/** `json` comes as text, to be cast where it is stored: as it was written, that is, with its keys in their order. */
type Kind = 'bigint' | 'int' | 'text' | 'boolean' | 'json' | 'xid'
type Column<Row> = readonly [kind: Kind, of: (row: Row) => unknown]

/**
 * Rows as parameters of a statement, in which they are called `r`. Many: a text per column (see columns.ts). One: its values as
 * they are, for to take apart nine arrays of one costs the server more than the rest of the statement.
 */
export class Rowset<Row> {
  readonly #columns: readonly (readonly [name: string, ...Column<Row>])[]
  readonly #sources = new Map<number, string>()

  constructor(columns: Readonly<Record<string, Column<Row>>>) {
    this.#columns = Object.entries(columns).map(([name, column]) => [name, ...column])
  }

  /** How many parameters it takes. */
  get width(): number {
    return this.#columns.length
  }

  /** For `from`, its parameters from `$first` on. */
  source(first: number, rows: readonly Row[]): string {
    const single = rows.length === 1
    const shape = single ? first : -first
    const known = this.#sources.get(shape)
    if (known !== undefined) return known
    const source = single ? this.#one(first) : this.#many(first)
    this.#sources.set(shape, source)
    return source
  }

  #one(first: number): string {
    const casts: Partial<Record<Kind, string>> = { json: 'text', xid: 'text::xid' }
    const values = this.#columns.map(([name, kind], index) => `$${first + index}::${casts[kind] ?? kind} as ${name}`)
    return `(select ${values.join(', ')}) r`
  }

  #many(first: number): string {
    const arrays = this.#columns.map(([, kind], index) =>
      kind === 'json' ? `string_to_array($${first + index}, e'\\n', '')` : `$${first + index}::text::${kind}[]`,
    )
    return `unnest(${arrays.join(', ')}) r(${this.#columns.map(([name]) => name).join(', ')})`
  }

  values(rows: readonly Row[]): unknown[] {
    const [only] = rows
    if (rows.length === 1 && only !== undefined) return this.#columns.map(([, kind, of]) => single(kind, of(only)))
    return this.#columns.map(([, kind, of]) => many(kind, rows.map(of)))
  }
}

function single(kind: Kind, value: unknown): unknown {
  return kind === 'json' && value !== null ? JSON.stringify(value) : value
}

function many(kind: Kind, values: readonly unknown[]): string {
  if (kind === 'json') return documents(values)
  if (kind === 'boolean') return flags(values as boolean[])
  return kind === 'text' || kind === 'xid' ? texts(values as (string | null)[]) : numbers(values as (number | null)[])
}

/** A statement, or a part of one, with its parameters. */
export interface Part {
  readonly text: string
  readonly values: readonly unknown[]
}

/** Runs a statement whose text is one of few: prepared once on each connection. */
export function run<Row extends object>(sql: Sql, { text, values }: Part) {
  return sql.unsafe<Row[]>(text, [...values] as never[], { prepare: true })
}
