import { celType, isCelError, isCelList, isCelUint, plan, type CelValue } from '@bufbuild/cel'
import { meter } from '../budget.ts'
import { environment } from '../environment.ts'
import { timestampText } from '../instants.ts'
import { expressionLimits } from '../limits.ts'
import { children, type Expr } from '../tree.ts'
import { bind, Scope, spanOf } from '../values.ts'
import { FaultAt } from './refused.ts'
import type { Constant } from './values.ts'

/** Whether a part of a filter reads nothing of the fleet; `now` is the same for all of it. */
export function isConstant(expr: Expr): boolean {
  if (expr.exprKind.case === 'identExpr') return expr.exprKind.value.name === 'now'
  // What a version is is known from its call, not from the text that it gives.
  if (expr.exprKind.case === 'callExpr' && expr.exprKind.value.function === 'semver') return false
  return expr.exprKind.case !== 'comprehensionExpr' && children(expr).every(isConstant)
}

/** Its value, as CEL has it. @throws FaultAt */
export function constantOf(expr: Expr, now: Date): Constant {
  meter.open(expressionLimits.budget)
  const result = plan(environment, expr)(bind({ now }, new Scope()))
  const failure = meter.exhausted ?? (isCelError(result) ? result : null)
  if (failure !== null) throw new FaultAt('type-error', expr, failure.message)
  return read(expr, result as CelValue)
}

function read(expr: Expr, value: CelValue): Constant {
  if (value === null) return { kind: 'null' }
  if (typeof value === 'string') return { kind: 'text', value: storable(expr, value) }
  if (typeof value === 'boolean') return { kind: 'bool', value }
  if (typeof value === 'bigint' || typeof value === 'number') return { kind: 'number', value: number(expr, value) }
  if (isCelUint(value)) return { kind: 'number', value: number(expr, value.value) }
  if (isCelList(value))
    return list(
      expr,
      [...value].map((element) => read(expr, element as CelValue)),
    )
  const type = celType(value).name
  if (type === 'google.protobuf.Timestamp') return { kind: 'time', value: timestampText(spanOf(value)) }
  throw new FaultAt('type-error', expr, `a value of type ${type} cannot be compared with anything of a device`)
}

function storable(expr: Expr, text: string): string {
  if (text.includes('\0') || !text.isWellFormed())
    throw new FaultAt('type-error', expr, 'a text has no NUL character and no half of a surrogate pair')
  return text
}

function number(expr: Expr, value: number | bigint): number {
  const plain = Number(value)
  if (Number.isFinite(plain) && (typeof value === 'number' || Number.isSafeInteger(plain))) return plain
  throw new FaultAt('type-error', expr, `${value} is beyond what a device’s numbers can be`)
}

function list(expr: Expr, elements: readonly Constant[]): Constant {
  const [first] = elements
  if (first === undefined) return { kind: 'list', of: 'nothing', value: [] }
  const same = elements.every((element) => element.kind === first.kind)
  if (!same || (first.kind !== 'text' && first.kind !== 'number' && first.kind !== 'bool'))
    throw new FaultAt('type-error', expr, 'a list here has texts only, or numbers only, or bools only')
  const values = elements.map((element) => (element as { value: string | number | boolean }).value)
  return { kind: 'list', of: first.kind, value: values as string[] }
}
