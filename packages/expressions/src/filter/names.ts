import type { Expr } from '../tree.ts'
import type { Field, RecordField } from './fields.ts'
import { FaultAt } from './refused.ts'
import { sql, trusted, parameter, type SqlText } from './sql-text.ts'
import type { Place, Translation } from './context.ts'
import { described, type Scalar, type Value } from './values.ts'

/** A variable by its name. */
export function variable(translation: Translation, name: string, at: Expr, { bound }: Place): Value {
  const known = bound.get(name)
  if (known !== undefined) return known
  const field = Object.hasOwn(translation.schema, name) ? translation.schema[name] : undefined
  if (field !== undefined) return { kind: 'record', field, name }
  const names = [...bound.keys(), ...Object.keys(translation.schema), 'now']
  throw new FaultAt('unknown-name', at, `there is no ${name}; there is ${listed(names)}`)
}

/** `operand.name` */
export function member(translation: Translation, operand: Value, name: string, at: Expr): Value {
  switch (operand.kind) {
    case 'record':
      return fieldValue(translation, memberOf(operand, name, at), `${operand.name}.${name}`)
    case 'map':
      return entry(translation, operand, parameter(name, 'text'), `${operand.name}.${name}`)
    case 'row':
      return rowMember(operand, name, at)
    default:
      throw new FaultAt('type-error', at, `${described(operand)} has no fields`)
  }
}

/** `has(operand.name)` */
export function presence(translation: Translation, operand: Value, name: string, at: Expr): Value {
  if (operand.kind === 'map') {
    translation.need(operand.field.needs)
    return { kind: 'bool', sql: operand.field.has(parameter(name, 'text')) }
  }
  if (operand.kind === 'row') {
    rowMember(operand, name, at)
    return { kind: 'bool', sql: trusted('true') }
  }
  if (operand.kind !== 'record') throw new FaultAt('type-error', at, `${described(operand)} has no fields`)
  memberOf(operand, name, at)
  const [outermost, ...inner] = operand.name.split('.')
  const present = translation.schema[outermost!]?.present
  if (present === undefined) return { kind: 'bool', sql: trusted('true') }
  // Of nothing CEL says that it has nothing; to look into a part of nothing is an error.
  return { kind: 'bool', sql: trusted(inner.length === 0 ? present : `case when ${present} then true end`) }
}

function memberOf(record: { field: RecordField; name: string }, name: string, at: Expr): Field {
  const field = Object.hasOwn(record.field.members, name) ? record.field.members[name] : undefined
  if (field !== undefined) return field
  const names = Object.keys(record.field.members)
  throw new FaultAt('unknown-name', at, `${record.name} has no ${name}; it has ${listed(names)}`)
}

function fieldValue(translation: Translation, field: Field, name: string): Value {
  switch (field.kind) {
    case 'text':
      translation.need(field.needs)
      return {
        kind: 'text',
        sql: trusted(field.sql),
        name,
        field,
        ...(field.version === undefined ? {} : { version: field.version }),
      }
    case 'number':
    case 'bool':
      translation.need(field.needs)
      return { kind: field.kind, sql: trusted(field.sql), name }
    case 'time':
      return { kind: 'field-of-time', field, name }
    case 'texts':
      return { kind: 'texts', field, name }
    case 'map':
      return { kind: 'map', field, name }
    case 'records':
      return { kind: 'records', field, name }
    case 'record':
      return { kind: 'record', field, name }
  }
}

/** `map.name` and `map["name"]` */
export function entry(
  translation: Translation,
  map: Extract<Value, { kind: 'map' }>,
  key: SqlText,
  name: string,
): Scalar {
  translation.need(map.field.needs)
  translation.need(map.field.rows.needs)
  return { kind: 'text', sql: sql`(${map.field.get(key)})`, name, entry: { map: map.field, key } }
}

function rowMember(row: Extract<Value, { kind: 'row' }>, name: string, at: Expr): Scalar {
  const found = Object.hasOwn(row.field.members, name) ? row.field.members[name] : undefined
  if (found === undefined)
    throw new FaultAt(
      'unknown-name',
      at,
      `${row.name} has no ${name}; it has ${listed(Object.keys(row.field.members))}`,
    )
  return { kind: found.kind, sql: trusted(found.sql(row.alias)), name: `${row.name}.${name}`, member: name }
}

export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
