import type { Expr } from '../tree.ts'
import type { Rows } from './fields.ts'
import type { Place, Translation } from './context.ts'
import { condition } from './functions.ts'
import type { Loop } from './loops.ts'
import { FaultAt } from './refused.ts'
import { parameter, sql, trusted, type SqlText } from './sql-text.ts'
import { described, type Value } from './values.ts'

type Translate = (expr: Expr, place: Place) => Value

/** `list.exists(x, …)`, `.all`, `.exists_one` */
export function macro(translation: Translation, loop: Loop, at: Expr, place: Place, translate: Translate): SqlText {
  if (place.bound.size > 0)
    throw new FaultAt('too-expensive', at, 'a list is not looked into for each element of another one')
  if (loop.variable === 'now' || Object.hasOwn(translation.schema, loop.variable))
    throw new FaultAt('unknown-name', at, `${loop.variable} is a name already; call the element otherwise`)
  const range = translate(loop.range, place)
  if (range.kind !== 'texts' && range.kind !== 'records' && range.kind !== 'map')
    throw new FaultAt('type-error', loop.range, `${described(range)} is no list of a device`)
  const alias = translation.loop(at)
  const element: Value =
    range.kind === 'records'
      ? { kind: 'row', field: range.field, alias, name: loop.variable }
      : { kind: 'text', sql: trusted(`${alias}.value`), name: loop.variable, member: '' }
  const inside: Place = {
    bound: new Map([[loop.variable, element]]),
    lenient: place.lenient && loop.macro === 'exists',
  }
  const quick = loop.macro === 'exists' ? shortcut(range, loop, inside, translate) : null
  if (quick?.whole) return quick.sql
  const { rows } = range.field
  translation.need(rows.needs)
  const slow = each(loop.macro, rows, alias, condition(translate(loop.condition, inside), loop.condition), place)
  return quick === null ? slow : sql`(${quick.sql} and ${slow})`
}

/** In SQL null is the error, and `bool_or` passes over it. */
function each(name: Loop['macro'], rows: Rows, alias: string, inner: SqlText, place: Place): SqlText {
  const from = trusted(`${rows.from} as ${alias}(value)`)
  if (name === 'exists' && place.lenient) return sql`(exists (select from ${from} where ${inner}))`
  const verdict = {
    exists: 'case when bool_or(q.c) then true when bool_or(q.c is null) then null else false end',
    all: 'case when bool_or(not q.c) then false when bool_or(q.c is null) then null else true end',
    exists_one: 'case when bool_or(q.c is null) then null else count(*) filter (where q.c) = 1 end',
  }[name]
  const answer = sql`(select ${trusted(verdict)} from (select ${inner} as c from ${from}) q)`
  return sql`(case when ${trusted(rows.present)} then ${answer} end)`
}

/** What an index can say: all of the condition (`whole`), or something that must hold beside the rest of it. */
function shortcut(
  range: Extract<Value, { kind: 'texts' | 'records' | 'map' }>,
  loop: Loop,
  place: Place,
  translate: Translate,
): { readonly sql: SqlText; readonly whole: boolean } | null {
  const parts = conjuncts(loop.condition)
  const wanted = new Map<string, SqlText>()
  for (const part of parts) {
    const equal = equalText(part, place, translate)
    if (equal !== null && !wanted.has(equal.member)) wanted.set(equal.member, equal.value)
  }
  if (wanted.size === 0) return null
  const found = range.kind === 'records' ? range.field.exists?.(wanted) : range.field.has(wanted.get('')!)
  return found ? { sql: found, whole: wanted.size === parts.length } : null
}

function conjuncts(expr: Expr): Expr[] {
  const kind = expr.exprKind
  return kind.case === 'callExpr' && kind.value.function === '_&&_' ? kind.value.args.flatMap(conjuncts) : [expr]
}

/** `x.member == 'text'`, either way round; null when the part says something else. */
function equalText(expr: Expr, place: Place, translate: Translate): { member: string; value: SqlText } | null {
  const kind = expr.exprKind
  if (kind.case !== 'callExpr' || kind.value.function !== '_==_') return null
  const [left, right] = kind.value.args.map((arg) => translate(arg, place))
  for (const [value, other] of [
    [left, right],
    [right, left],
  ]) {
    if (value?.kind === 'text' && value.member !== undefined && other?.kind === 'constant')
      return other.constant.kind === 'text'
        ? { member: value.member, value: parameter(other.constant.value, 'text') }
        : null
  }
  return null
}
