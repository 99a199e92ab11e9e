import type { Expr } from '../tree.ts'
import { constantOf, isConstant } from './constants.ts'
import { strictly, type Place, type Translation } from './context.ts'
import { condition, matching, size, textFunctions, time, version } from './functions.ts'
import { loopOf } from './loops.ts'
import { macro } from './macros.ts'
import { entry, listed, member, presence, variable } from './names.ts'
import { equality, membership, order, textOf } from './operators.ts'
import { FaultAt } from './refused.ts'
import { joined, sql, type SqlText } from './sql-text.ts'
import { described, type Scalar, type Value } from './values.ts'

/**
 * A filter's syntax tree as SQL. CEL's logic with errors (`false && error` is false, `true || error` true, any other error stays
 * one) is SQL's with null: what would be an error for a device is null here, and a device for which the whole is null is not
 * matched. @throws FaultAt
 */
export function translate(translation: Translation, expr: Expr, place: Place): Value {
  if (isConstant(expr)) return { kind: 'constant', constant: constantOf(expr, translation.now) }
  const kind = expr.exprKind
  switch (kind.case) {
    case 'identExpr':
      return variable(translation, kind.value.name, expr, place)
    case 'selectExpr': {
      const operand = translate(translation, kind.value.operand!, strictly(place))
      return (kind.value.testOnly ? presence : member)(translation, operand, kind.value.field, expr)
    }
    case 'callExpr':
      return call(translation, expr, kind.value.function, operands(kind.value), place)
    case 'comprehensionExpr': {
      const loop = loopOf(kind.value)
      if (loop === null)
        throw new FaultAt('not-offered', expr, 'of the macros there are has, exists, all and exists_one')
      return bool(macro(translation, loop, expr, place, (inner, at) => translate(translation, inner, at)))
    }
    default:
      throw new FaultAt('not-offered', expr, 'lists and maps in a filter are written out, without fields in them')
  }
}

function operands({ target, args }: { readonly target?: Expr | undefined; readonly args: readonly Expr[] }): Expr[] {
  return target === undefined ? [...args] : [target, ...args]
}

function bool(text: SqlText): Scalar {
  return { kind: 'bool', sql: text }
}

type Operator = (given: Given) => Value

interface Given {
  readonly translation: Translation
  readonly expr: Expr
  readonly args: readonly Expr[]
  readonly place: Place
  /** The values of the arguments, in a place where errors count. */
  values(): [Value, Value]
}

function call(translation: Translation, expr: Expr, name: string, args: readonly Expr[], place: Place): Value {
  const operator = Object.hasOwn(operators, name) ? operators[name] : undefined
  if (operator === undefined || args.length !== (arity[name] ?? 2))
    throw new FaultAt('not-offered', expr, missing(name))
  const values = (): [Value, Value] => args.map((arg) => translate(translation, arg, strictly(place))) as [Value, Value]
  return operator({ translation, expr, args, place, values })
}

const arity: Readonly<Record<string, number>> = { '!_': 1, size: 1, semver: 1, timestamp: 1, '_?_:_': 3 }

const logic =
  (word: ' and ' | ' or '): Operator =>
  ({ translation, args, place }) =>
    bool(
      sql`(${joined(
        args.map((arg) => condition(translate(translation, arg, place), arg)),
        word,
      )})`,
    )

const ordering =
  (operator: '<' | '<=' | '>' | '>='): Operator =>
  ({ values, expr }) =>
    bool(order(operator, ...values(), expr))

const ofText =
  (name: string): Operator =>
  ({ values, expr }) => {
    const [text, part] = values()
    return bool(textFunctions[name]!(textOf(text, expr), textOf(part, expr)))
  }

const operators: Readonly<Record<string, Operator>> = {
  '_&&_': logic(' and '),
  '_||_': logic(' or '),
  '!_': ({ values, args }) => bool(sql`(not ${condition(values()[0], args[0]!)})`),
  '_?_:_': choice,
  '_==_': ({ translation, values, expr, place }) => bool(equality(translation, ...values(), expr, place)),
  '_!=_': ({ translation, values, expr, place }) =>
    bool(sql`(not ${equality(translation, ...values(), expr, strictly(place))})`),
  '_<_': ordering('<'),
  '_<=_': ordering('<='),
  '_>_': ordering('>'),
  '_>=_': ordering('>='),
  '@in': ({ translation, values, expr }) => bool(membership(translation, ...values(), expr)),
  '_[_]': index,
  startsWith: ofText('startsWith'),
  endsWith: ofText('endsWith'),
  contains: ofText('contains'),
  matches: ({ translation, values, expr }) => bool(matching(translation, ...values(), expr)),
  size: ({ translation, values, expr }) => size(translation, values()[0], expr),
  semver: ({ translation, values, expr }) => version(translation, values()[0], expr),
  timestamp: ({ translation, values, expr }) => time(translation, values()[0], expr),
}

/** `condition ? yes : no`, of conditions only. */
function choice({ translation, args: [asked, yes, no], place }: Given): Value {
  const first = condition(translate(translation, asked!, strictly(place)), asked!)
  const [then, otherwise] = [yes!, no!].map((arg) => condition(translate(translation, arg, place), arg)) as [
    SqlText,
    SqlText,
  ]
  return bool(sql`(case ${first} when true then ${then} when false then ${otherwise} end)`)
}

/** `map["name"]` */
function index({ translation, values, expr }: Given): Value {
  const [container, key] = values()
  if (container.kind !== 'map')
    throw new FaultAt('not-offered', expr, `${described(container)} is not asked for by position; use exists( )`)
  return entry(translation, container, textOf(key, expr), `${container.name}[…]`)
}

function missing(name: string): string {
  const offered = [
    'size',
    'semver',
    'timestamp',
    'startsWith',
    'endsWith',
    'contains',
    'matches',
    'has',
    'exists',
    'all',
  ]
  if (/^_|_$/.test(name)) return 'there is no arithmetic with what a device says; with written numbers there is'
  return `${name}() with these arguments is not offered in filters; there is ${listed(offered)}`
}
