import { isObject, type Json, type Variables } from './json.ts'
import type { Expr } from './tree.ts'

/**
 * The everyday part of CEL compiled to closures over JSON itself: member access, comparisons, whole-number arithmetic,
 * logic, short texts, literals. Where the answer is not plainly the same as the library's (a missing key, a fraction in
 * arithmetic, an error, a large value), a closure says `unsure`, and the library evaluates the expression instead.
 */
export const unsure = Symbol('unsure')
export type Quick = (variables: Variables) => Json | typeof unsure

const longText = 1024
const longList = 64

/** Null when some part of the expression is beyond the everyday. */
export function quick(expr: Expr): Quick | null {
  const kind = expr.exprKind
  switch (kind.case) {
    case 'constExpr':
      return constant(kind.value.constantKind)
    case 'identExpr':
      return identifier(kind.value.name)
    case 'selectExpr': {
      const operand = kind.value.operand === undefined ? null : quick(kind.value.operand)
      if (operand === null) return null
      return kind.value.testOnly ? presence(operand, kind.value.field) : member(operand, kind.value.field)
    }
    case 'callExpr':
      return application(kind.value.function, [...(kind.value.target ? [kind.value.target] : []), ...kind.value.args])
    case 'listExpr':
      return list(kind.value.elements)
    default:
      return null
  }
}

type Constant = Extract<Expr['exprKind'], { case: 'constExpr' }>['value']['constantKind']

function constant(kind: Constant): Quick | null {
  switch (kind.case) {
    case 'stringValue': {
      const { value } = kind
      // What cannot be kept is refused by the library's way.
      return value.includes('\0') ? null : () => value
    }
    case 'boolValue': {
      const { value } = kind
      return () => value
    }
    case 'nullValue':
      return () => null
    case 'int64Value': {
      const value = Number(kind.value)
      return Number.isSafeInteger(value) ? () => value : null
    }
    default:
      return null
  }
}

/** Names that every object inherits are left to the library, which sees variables only. */
function identifier(name: string): Quick | null {
  if (name in Object.prototype) return null
  return (variables) => {
    const value = variables[name]
    return value === undefined || value instanceof Date ? unsure : value
  }
}

function member(operand: Quick, field: string): Quick {
  const inherited = field in Object.prototype
  return (variables) => {
    const value = operand(variables)
    if (value === unsure || !isObject(value)) return unsure
    const found = value[field]
    return found === undefined || inherited ? (Object.hasOwn(value, field) ? (found ?? null) : unsure) : found
  }
}

function presence(operand: Quick, field: string): Quick {
  return (variables) => {
    const value = operand(variables)
    return value === unsure || !isObject(value) ? unsure : Object.hasOwn(value, field)
  }
}

function list(elements: readonly Expr[]): Quick | null {
  const parts = allQuick(elements)
  if (parts === null) return null
  return (variables) => {
    const values: Json[] = []
    for (const part of parts) {
      const value = part(variables)
      if (value === unsure) return unsure
      values.push(value)
    }
    return values
  }
}

function allQuick(exprs: readonly Expr[]): Quick[] | null {
  const parts: Quick[] = []
  for (const expr of exprs) {
    const part = quick(expr)
    if (part === null) return null
    parts.push(part)
  }
  return parts
}

type Result = Json | typeof unsure
type Unary = (value: Json) => Result
type Binary = (left: Json, right: Json) => Result

const unary: Readonly<Record<string, Unary>> = {
  '!_': (value) => (typeof value === 'boolean' ? !value : unsure),
  '-_': (value) => (isInteger(value) ? 0 - value : unsure),
  size: (value) => (Array.isArray(value) ? value.length : unsure),
}

const binary: Readonly<Record<string, Binary>> = {
  '_+_': (left, right) => {
    if (isInteger(left) && isInteger(right)) return integer(left + right)
    return isShort(left) && isShort(right) ? left + right : unsure
  },
  '_-_': (left, right) => (isInteger(left) && isInteger(right) ? integer(left - right) : unsure),
  '_*_': (left, right) => (isInteger(left) && isInteger(right) ? integer(left * right) : unsure),
  '_/_': (left, right) =>
    isInteger(left) && isInteger(right) && right !== 0 ? integer((left - (left % right)) / right) : unsure,
  '_%_': (left, right) => (isInteger(left) && isInteger(right) && right !== 0 ? integer(left % right) : unsure),
  '_<_': (left, right) => ordered(left, right, (a, b) => a < b),
  '_<=_': (left, right) => ordered(left, right, (a, b) => a <= b),
  '_>_': (left, right) => ordered(left, right, (a, b) => a > b),
  '_>=_': (left, right) => ordered(left, right, (a, b) => a >= b),
  '_==_': (left, right) => (isScalar(left) && isScalar(right) ? left === right : unsure),
  '_!=_': (left, right) => (isScalar(left) && isScalar(right) ? left !== right : unsure),
  '@in': contained,
  '_[_]': element,
  startsWith: (text, part) => (isShort(text) && isShort(part) ? text.startsWith(part) : unsure),
  endsWith: (text, part) => (isShort(text) && isShort(part) ? text.endsWith(part) : unsure),
  contains: (text, part) => (isShort(text) && isShort(part) ? text.includes(part) : unsure),
}

function application(name: string, operands: readonly Expr[]): Quick | null {
  const [first, second, third] = allQuick(operands) ?? []
  if (first === undefined) return null
  if (operands.length === 1) return Object.hasOwn(unary, name) ? applyOne(unary[name] as Unary, first) : null
  if (second === undefined) return null
  if (operands.length === 3) return name === '_?_:_' && third !== undefined ? choice(first, second, third) : null
  if (name === '_&&_') return logic(first, second, false)
  if (name === '_||_') return logic(first, second, true)
  return operands.length === 2 && Object.hasOwn(binary, name) ? applyTwo(binary[name] as Binary, first, second) : null
}

function applyOne(operator: Unary, operand: Quick): Quick {
  return (variables) => {
    const value = operand(variables)
    return value === unsure ? unsure : operator(value)
  }
}

function applyTwo(operator: Binary, left: Quick, right: Quick): Quick {
  return (variables) => {
    const a = left(variables)
    if (a === unsure) return unsure
    const b = right(variables)
    return b === unsure ? unsure : operator(a, b)
  }
}

function choice(condition: Quick, yes: Quick, no: Quick): Quick {
  return (variables) => {
    const value = condition(variables)
    return typeof value === 'boolean' ? (value ? yes : no)(variables) : unsure
  }
}

/** `&&` and `||`: `decisive` is the operand that decides alone. */
function logic(left: Quick, right: Quick, decisive: boolean): Quick {
  return (variables) => {
    const a = left(variables)
    if (a === decisive) return decisive
    if (typeof a !== 'boolean') return unsure
    const b = right(variables)
    return typeof b === 'boolean' ? b : unsure
  }
}

function contained(value: Json, container: Json): Result {
  if (isObject(container)) return typeof value === 'string' ? Object.hasOwn(container, value) : unsure
  if (!Array.isArray(container) || container.length > longList || !isScalar(value)) return unsure
  const items: readonly Json[] = container
  return items.every(isScalar) ? items.includes(value) : unsure
}

function element(container: Json, key: Json): Result {
  if (isObject(container))
    return typeof key === 'string' && Object.hasOwn(container, key) ? (container[key] ?? null) : unsure
  if (!Array.isArray(container) || !isInteger(key)) return unsure
  const items: readonly Json[] = container
  return items[key] ?? unsure
}

function isInteger(value: Json): value is number {
  return Number.isSafeInteger(value)
}

/** `+ 0` turns −0, which CEL's int does not have, into 0. */
function integer(value: number): Result {
  return Number.isSafeInteger(value) ? value + 0 : unsure
}

function isShort(value: Json): value is string {
  return typeof value === 'string' && value.length <= longText
}

function isScalar(value: Json): value is string | number | boolean | null {
  return typeof value !== 'object' || value === null
}

function ordered(left: Json, right: Json, holds: (a: string | number, b: string | number) => boolean): Result {
  if (typeof left === 'number' && typeof right === 'number') return holds(left, right)
  return typeof left === 'string' && typeof right === 'string' ? holds(left, right) : unsure
}
