import { type CelInput, type CelResult, isCelError, parse, plan } from '@bufbuild/cel'
import { meter, OverBudget } from './budget.ts'
import { environment } from './environment.ts'
import { ExpressionError, type ExpressionErrorCode } from './errors.ts'
import type { Json, Variables } from './json.ts'
import { expressionLimits } from './limits.ts'
import { type Quick, quick, unsure } from './quick.ts'
import { type Expr, meterLoops, type Reference, Refused, survey } from './tree.ts'
import { bind, NotJson, Scope, toJson } from './values.ts'

/** An expression ready to be evaluated any number of times. */
export interface CompiledExpression {
  readonly source: string
  /** What the expression reads of the variables, once per place. */
  readonly references: readonly Reference[]
  readonly quick: Quick | null
  readonly full: (bound: Record<string, CelInput>) => CelResult
}

const kept = 4096
const cache = new Map<string, CompiledExpression>()

/** Compiles CEL source once; the last 4,096 expressions are kept. Throws ExpressionError with the position. */
export function compile(source: string): CompiledExpression {
  const known = cache.get(source)
  if (known !== undefined) return known
  const compiled = compileAnew(source)
  if (cache.size >= kept) cache.delete(cache.keys().next().value ?? '')
  cache.set(source, compiled)
  return compiled
}

function compileAnew(source: string): CompiledExpression {
  if (source.length > expressionLimits.sourceLength) {
    const reason = `expression of ${source.length} characters, limit ${expressionLimits.sourceLength}`
    throw new ExpressionError({ code: 'expression-too-large', expression: `${source.slice(0, 64)}…`, reason })
  }
  try {
    const tree = parseTree(source)
    const { references } = survey(tree)
    const fast = quick(tree)
    meterLoops(tree)
    return { source, references, quick: fast, full: plan(environment, tree) }
  } catch (error) {
    throw compileError(source, error)
  }
}

function parseTree(source: string): Expr {
  const tree = parse(source).expr
  if (tree === undefined) throw new Refused('syntax-error', 'empty expression')
  return tree
}

function compileError(expression: string, error: unknown): ExpressionError {
  if (error instanceof RangeError)
    return new ExpressionError({ code: 'expression-too-large', expression, reason: 'nested too deeply' }, error)
  if (error instanceof Refused)
    return new ExpressionError({ code: error.code, expression, reason: error.message }, error)
  const { rawMessage, location, message } = error as Error & Partial<ParserError>
  const reason = rawMessage ?? message
  if (location === undefined) return new ExpressionError({ code: 'syntax-error', expression, reason }, error)
  return new ExpressionError({ code: 'syntax-error', expression, reason, position: location.start.offset }, error)
}

interface ParserError {
  readonly rawMessage: string
  readonly location: { readonly start: { readonly offset: number } }
}

/**
 * The value of an expression as JSON. Whole JSON numbers are CEL int, others double; timestamps come back as RFC 3339,
 * durations as ISO 8601, bytes as base64. Parts of the variables come back as they are, not copied.
 * Throws ExpressionError; never runs longer than the budget allows.
 */
export function evaluate(compiled: CompiledExpression, variables: Variables): Json {
  const value = compiled.quick === null ? unsure : compiled.quick(variables)
  if (value === unsure || (typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER))
    return evaluateFully(compiled, variables)
  return value
}

/** `evaluate` by the library alone. */
export function evaluateFully(compiled: CompiledExpression, variables: Variables): Json {
  meter.open(expressionLimits.budget)
  const scope = new Scope()
  try {
    const result = compiled.full(bind(variables, scope))
    if (meter.exhausted !== null) throw meter.exhausted
    if (isCelError(result)) throw result
    return toJson(result, scope)
  } catch (error) {
    throw evaluationError(compiled.source, error)
  }
}

/** The library's errors carry text only; these are its texts. */
const causes: readonly (readonly [RegExp, ExpressionErrorCode])[] = [
  [/^unresolved attribute/, 'unknown-name'],
  [/^(field not found|no such (key|field)|index .*out of bounds|invalid index)/i, 'missing-key'],
  [/^(found no matching overload|type mismatch|unbound function|unsupported key type|no such overload)/, 'type-error'],
]

function evaluationError(expression: string, error: unknown): ExpressionError {
  const failure = meter.exhausted ?? error
  const reason = failure instanceof Error ? failure.message : String(failure)
  if (failure instanceof OverBudget || failure instanceof RangeError)
    return new ExpressionError({ code: 'over-budget', expression, reason }, failure)
  if (failure instanceof NotJson) return new ExpressionError({ code: 'not-json', expression, reason }, failure)
  const code = causes.find(([text]) => text.test(reason))?.[1] ?? 'bad-value'
  return new ExpressionError({ code, expression, reason }, failure)
}
