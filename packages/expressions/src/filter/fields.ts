import type { SqlText } from './sql-text.ts'

/** What a filter can read, and where the database has it. The names are what people write; the SQL is part of the program. */

interface Described {
  /** For people: what it is, without a full stop. */
  readonly about: string
  /** Names of the joins without which the SQL does not stand. */
  readonly needs?: readonly string[]
}

export interface TextField extends Described {
  readonly kind: 'text'
  readonly sql: string
  /** All that it can be. */
  readonly values?: readonly string[]
  /** SQL of its `semver` where the database keeps that; else it is computed. */
  readonly version?: string
}

export interface PlainField extends Described {
  readonly kind: 'number' | 'bool'
  readonly sql: string
}

/** RFC 3339 text in CEL, read by `timestamp()`; a `timestamptz` in the database. */
export interface TimeField extends Described {
  readonly kind: 'time'
  readonly sql: string
  /** It can be null, which is a value and no mistake. */
  readonly nullable?: boolean
}

/** A list of texts. */
export interface TextsField extends Described {
  readonly kind: 'texts'
  /** Whether it holds a text: null when there is no list. */
  has(value: SqlText): SqlText
  readonly rows: Rows
}

/** Texts by name. */
export interface MapField extends Described {
  readonly kind: 'map'
  has(key: SqlText): SqlText
  /** Null when there is no such key. */
  get(key: SqlText): SqlText
  /** Whether it has this text under that name, where there is a quicker way than `get`. */
  hasEntry?(key: SqlText, value: SqlText): SqlText
  /** Its names. */
  readonly rows: Rows
}

/** A list of records whose members are texts or numbers. */
export interface RecordsField extends Described {
  readonly kind: 'records'
  readonly rows: Rows
  /** SQL of a member, where `row` is the alias of one row of `rows`. */
  readonly members: Readonly<Record<string, { kind: 'text' | 'number'; about: string; sql(row: string): string }>>
  /** Whether one record has these texts; null when there is no quicker way to say that than to look at each. */
  exists?(wanted: ReadonlyMap<string, SqlText>): SqlText | null
}

/** A list as rows of one column `value`. */
export interface Rows {
  /** SQL that can stand after `from`, without alias. */
  readonly from: string
  readonly size: string
  /** True where there is a list, else null. */
  readonly present: string
  readonly needs?: readonly string[]
}

export interface RecordField extends Described {
  readonly kind: 'record'
  readonly members: Readonly<Record<string, Field>>
  /** SQL that is true where it is there; absent = always. Then its members are null in the database, and it is null in CEL. */
  readonly present?: string
}

export type Field = TextField | PlainField | TimeField | TextsField | MapField | RecordsField | RecordField

/** The variables of a filter by name. */
export type FilterSchema = Readonly<Record<string, RecordField>>
