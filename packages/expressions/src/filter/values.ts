import type { MapField, RecordField, RecordsField, TextField, TextsField, TimeField } from './fields.ts'
import type { ParameterValue, SqlText } from './sql-text.ts'

/** What a part of a filter is once it is known what it reads. SQL that is null stands for CEL's error. */
export type Value =
  | Scalar
  | { readonly kind: 'constant'; readonly constant: Constant }
  | { readonly kind: 'field-of-time'; readonly field: TimeField; readonly name: string }
  | { readonly kind: 'texts'; readonly field: TextsField; readonly name: string }
  | { readonly kind: 'map'; readonly field: MapField; readonly name: string }
  | { readonly kind: 'records'; readonly field: RecordsField; readonly name: string }
  | { readonly kind: 'record'; readonly field: RecordField; readonly name: string }
  | { readonly kind: 'row'; readonly field: RecordsField; readonly alias: string; readonly name: string }

export type ScalarKind = 'bool' | 'number' | 'text' | 'time' | 'version'

export interface Scalar {
  readonly kind: ScalarKind
  readonly sql: SqlText
  /** As people wrote it, where it is a field. */
  readonly name?: string
  readonly field?: TextField
  /** SQL of its `semver`, where the database keeps it. */
  readonly version?: string
  /** It is a member of a row: by this name. */
  readonly member?: string
  /** It is an entry of a map. */
  readonly entry?: { readonly map: MapField; readonly key: SqlText }
}

export type Constant =
  | { readonly kind: 'null' }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'time'; readonly value: string }
  | { readonly kind: 'list'; readonly of: 'text' | 'number' | 'bool' | 'nothing'; readonly value: ParameterValue }

const named: Readonly<Record<string, string>> = {
  bool: 'true or false',
  number: 'a number',
  text: 'a text',
  time: 'a time',
  version: 'a version',
  null: 'null',
  list: 'a list',
  texts: 'a list of texts',
  map: 'texts by name',
  records: 'a list',
  record: 'a group of fields',
  row: 'an element of a list',
  'field-of-time': 'the text of a time: put it into timestamp( )',
}

/** In words, for messages. */
export function described(value: Value): string {
  const kind = value.kind === 'constant' ? value.constant.kind : value.kind
  const name = 'name' in value ? value.name : undefined
  return name === undefined ? named[kind]! : `${name}, which is ${named[kind]},`
}
