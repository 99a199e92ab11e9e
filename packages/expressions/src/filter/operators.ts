import type { Expr } from '../tree.ts'
import type { Place, Translation } from './context.ts'
import { listed } from './names.ts'
import { FaultAt } from './refused.ts'
import { parameter, sql, trusted, type SqlText } from './sql-text.ts'
import { described, type Constant, type Scalar, type ScalarKind, type Value } from './values.ts'

/** Comparisons of two values, of which at most one is a constant. */

const types = { text: 'text', number: 'float8', bool: 'bool', time: 'timestamptz', version: 'text' } as const

/** `left == right` */
export function equality(translation: Translation, left: Value, right: Value, at: Expr, place: Place): SqlText {
  if (left.kind === 'constant' && right.kind !== 'constant') return equality(translation, right, left, at, place)
  if (left.kind === 'constant') return unequal(left, right, at)
  if (right.kind === 'constant')
    return right.constant.kind === 'null'
      ? isNull(translation, left, at)
      : equalToConstant(left, right.constant, at, place)
  const [a, b] = [scalar(left, at), scalar(right, at)]
  if (a.kind !== b.kind) return unequal(left, right, at)
  return sql`(${a.sql} = ${b.sql})`
}

function unequal(left: Value, right: Value, at: Expr): never {
  throw new FaultAt(
    'type-error',
    at,
    `${described(left)} and ${described(right)} are never equal`.replaceAll(',,', ','),
  )
}

function equalToConstant(
  left: Exclude<Value, { kind: 'constant' }>,
  constant: Constant,
  at: Expr,
  place: Place,
): SqlText {
  const value = scalar(left, at)
  requireKind(value, constant, at)
  const operand = constantSql(value.kind, constant)
  if (value.entry?.map.hasEntry !== undefined && place.lenient && value.kind === 'text')
    return value.entry.map.hasEntry(value.entry.key, operand)
  return sql`(${value.sql} = ${operand})`
}

function isNull(translation: Translation, value: Exclude<Value, { kind: 'constant' }>, at: Expr): SqlText {
  if (value.kind === 'record' && value.field.present !== undefined) return trusted(`(not ${value.field.present})`)
  if (value.kind === 'field-of-time' && value.field.nullable) {
    translation.need(value.field.needs)
    return trusted(`(${value.field.sql} is null)`)
  }
  throw new FaultAt('type-error', at, `${described(value)} is never null; use has( ) for what may be missing`)
}

/** `left < right` and the like */
export function order(operator: '<' | '<=' | '>' | '>=', left: Value, right: Value, at: Expr): SqlText {
  if (left.kind === 'constant' && right.kind !== 'constant') return order(turned[operator], right, left, at)
  const value = scalar(left, at)
  if (value.kind === 'bool') throw new FaultAt('type-error', at, 'true and false have no order here')
  const other = right.kind === 'constant' ? constantOperand(value, right.constant, at) : scalar(right, at)
  if (other.kind !== value.kind)
    throw new FaultAt('type-error', at, `${described(left)} and ${described(right)} have no order`)
  const collated = value.kind === 'text' || value.kind === 'version' ? sql`(${value.sql} collate "C")` : value.sql
  return sql`(${collated} ${trusted(operator)} ${other.sql})`
}

const turned = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const

function constantOperand(value: Scalar, constant: Constant, at: Expr): Scalar {
  requireKind(value, constant, at)
  return { kind: value.kind, sql: constantSql(value.kind, constant) }
}

/** `value in container` */
export function membership(translation: Translation, value: Value, container: Value, at: Expr): SqlText {
  if (container.kind === 'texts' || container.kind === 'map') {
    translation.need(container.field.needs)
    return container.field.has(textOf(value, at))
  }
  if (container.kind === 'constant' && container.constant.kind === 'list')
    return amongConstants(value, container.constant, at)
  if (container.kind === 'record')
    throw new FaultAt('not-offered', at, `say has(${container.name}.name) for whether there is a field`)
  throw new FaultAt('type-error', at, `${described(container)} is nothing that something can be in`)
}

function amongConstants(value: Value, list: Extract<Constant, { kind: 'list' }>, at: Expr): SqlText {
  const operand = scalar(value, at)
  if (list.of === 'nothing') throw new FaultAt('type-error', at, 'nothing is in an empty list')
  if (operand.kind !== list.of)
    throw new FaultAt('type-error', at, `${described(value)} is never in a list of ${list.of}s`)
  if (operand.kind === 'text') for (const each of list.value as readonly string[]) requireKnown(operand, each, at)
  const type = `${types[list.of]}[]` as 'text[]' | 'float8[]' | 'bool[]'
  return sql`(${operand.sql} = any(${parameter(list.value, type)}))`
}

/** Of text, field or constant. */
export function textOf(value: Value, at: Expr): SqlText {
  if (value.kind === 'constant' && value.constant.kind === 'text') return parameter(value.constant.value, 'text')
  if (value.kind === 'text') return value.sql
  throw new FaultAt('type-error', at, `a text belongs here, and not ${described(value)}`)
}

/** What can be compared. */
export function scalar(value: Value, at: Expr): Scalar {
  switch (value.kind) {
    case 'bool':
    case 'number':
    case 'text':
    case 'time':
    case 'version':
      return value
    case 'field-of-time':
      throw new FaultAt('type-error', at, `${value.name} is a time: write timestamp(${value.name})`)
    case 'constant':
      throw new FaultAt('type-error', at, `${described(value)} is compared with nothing of a device`)
    default:
      throw new FaultAt('not-offered', at, `${described(value)} cannot be compared as a whole`)
  }
}

function requireKind(value: Scalar, constant: Constant, at: Expr): void {
  if (value.kind === 'version' && constant.kind === 'text')
    throw new FaultAt('type-error', at, `compare a version with a version: semver('${constant.value}')`)
  if (value.kind !== constant.kind)
    throw new FaultAt('type-error', at, `${described(value)} is never ${described({ kind: 'constant', constant })}`)
  if (constant.kind === 'text') requireKnown(value, constant.value, at)
}

/** Of what can be one of a few words only, another word is a slip. */
function requireKnown(value: Scalar, text: string, at: Expr): void {
  const values = value.field?.values
  if (values !== undefined && !values.includes(text))
    throw new FaultAt('type-error', at, `${value.name} is never '${text}'; it is one of ${listed(values)}`)
}

function constantSql(kind: ScalarKind, constant: Constant): SqlText {
  return parameter((constant as { value: string | number | boolean }).value, types[kind])
}
