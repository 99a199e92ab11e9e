import { type CompiledExpression, type CompiledTemplate, evaluate, ExpressionError, render } from '@sutler/expressions'
import type { Assignment } from './compiled.ts'
import { StepFailure } from './errors.ts'
import type { Instance, Instant, Json, JsonObject } from './types.ts'

/** The variables of section 7. Changed in place while a step fires, so that each expression sees the then-current values. */
export type Scope = {
  args: JsonObject
  data: JsonObject
  shared: JsonObject
  states: readonly string[]
  readonly call: JsonObject
  readonly id: string
  readonly now: Date
}

let latest = new Date(0)

/** The step's time for expressions; the last one is kept, for a host takes many signals at one time. */
export function dateOf(now: Instant): Date {
  if (latest.getTime() !== now) latest = new Date(now)
  return latest
}

export function scopeOf(instance: Instance, shared: JsonObject, args: JsonObject, now: Date): Scope {
  return { args, data: instance.data, shared, states: instance.states, call: instance.call, id: instance.id, now }
}

/** The value of an expression of a transition (null = of `returns`); an error of it undoes the step. */
export function valueOf(expression: CompiledExpression, scope: Scope, transition: string | null): Json {
  try {
    return evaluate(expression, scope)
  } catch (error) {
    throw failureOf(error, transition)
  }
}

export function valuesOf(assignments: readonly Assignment[], scope: Scope, transition: string | null): JsonObject {
  if (assignments.length === 0) return {}
  const values: Record<string, Json> = {}
  for (const { name, expression } of assignments) values[name] = valueOf(expression, scope, transition)
  return values
}

export function textOf(
  template: CompiledTemplate,
  scope: Scope,
  transition: string,
  encode?: (text: string) => string,
): string {
  try {
    return render(template, scope, encode)
  } catch (error) {
    throw failureOf(error, transition)
  }
}

/** Section 2: "`failed` with the transition, the expression and the reason". */
function failureOf(error: unknown, transition: string | null): unknown {
  if (!(error instanceof ExpressionError)) return error
  const place = transition === null ? 'returns' : `transition "${transition}"`
  return new StepFailure(error.code, `${place}, expression ${error.expression}: ${error.reason}`)
}
