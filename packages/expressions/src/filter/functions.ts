import type { Expr } from '../tree.ts'
import { versionKey } from '../semver.ts'
import type { Translation } from './context.ts'
import { scalar, textOf } from './operators.ts'
import { PatternRefused, postgresPattern } from './pattern.ts'
import { FaultAt } from './refused.ts'
import { parameter, sql, trusted, type SqlText } from './sql-text.ts'
import { described, type Scalar, type Value } from './values.ts'

type TextFunction = (text: SqlText, part: SqlText) => SqlText

/** Of a text and another: as in CEL. */
export const textFunctions: Readonly<Record<string, TextFunction>> = {
  startsWith: (text, part) => sql`starts_with(${text}, ${part})`,
  endsWith: (text, part) => sql`(right(${text}, char_length(${part})) = ${part})`,
  contains: (text, part) => sql`(strpos(${text}, ${part}) > 0)`,
}

/** `text.matches(pattern)` */
export function matching(translation: Translation, text: Value, pattern: Value, at: Expr): SqlText {
  translation.pattern(at)
  if (pattern.kind !== 'constant' || pattern.constant.kind !== 'text')
    throw new FaultAt('not-offered', at, 'a pattern is written out in the filter')
  try {
    const written = parameter(postgresPattern(pattern.constant.value), 'text')
    return sql`(${textOf(text, at)} collate "C" ~ ${written})`
  } catch (error) {
    if (error instanceof PatternRefused) throw new FaultAt('not-offered', at, error.message)
    throw error
  }
}

/** `size(value)` */
export function size(translation: Translation, value: Value, at: Expr): Scalar {
  if (value.kind === 'text') return { kind: 'number', sql: sql`char_length(${value.sql})` }
  if (value.kind !== 'texts' && value.kind !== 'records' && value.kind !== 'map')
    throw new FaultAt('type-error', at, `${described(value)} has no size`)
  translation.need(value.field.rows.needs)
  return { kind: 'number', sql: trusted(value.field.rows.size) }
}

/** `semver(text)` */
export function version(translation: Translation, value: Value, at: Expr): Scalar {
  if (value.kind === 'constant' && value.constant.kind === 'text') {
    const key = versionKey(value.constant.value)
    if (key === null) throw new FaultAt('type-error', at, `'${value.constant.value}' is no version such as 1.2.3`)
    return { kind: 'version', sql: parameter(key, 'text') }
  }
  const text = textOf(value, at)
  const kept = value.kind === 'text' ? value.version : undefined
  return {
    kind: 'version',
    sql: kept === undefined ? sql`${trusted(translation.versionFunction)}(${text})` : trusted(kept),
  }
}

/** `timestamp(text)` of a field; of a constant CEL has done it. */
export function time(translation: Translation, value: Value, at: Expr): Scalar {
  if (value.kind !== 'field-of-time') throw new FaultAt('type-error', at, `${described(value)} is no time of a device`)
  translation.need(value.field.needs)
  return { kind: 'time', sql: trusted(value.field.sql) }
}

/** The value as a condition. */
export function condition(value: Value, at: Expr): SqlText {
  if (value.kind === 'constant' && value.constant.kind === 'bool') return parameter(value.constant.value, 'bool')
  if (value.kind === 'bool') return scalar(value, at).sql
  throw new FaultAt('type-error', at, `a condition belongs here, and not ${described(value)}`)
}
