import { readDuration, readInstant } from './durations.ts'
import type { Json, JsonObject, SignalDeclaration } from './types.ts'

export const parameterTypes = [
  'string',
  'int',
  'float',
  'bool',
  'bytes',
  'timestamp',
  'duration',
  'list',
  'map',
  'any',
] as const
type ParameterType = (typeof parameterTypes)[number]

export interface Parameter {
  readonly name: string
  readonly type: ParameterType
  readonly optional: boolean
}

/** Whether a JSON value is of the type. bytes = base64 text, timestamp = RFC 3339 text, duration = `15m` or `PT15M`. */
const holds: Readonly<Record<ParameterType, (value: Json) => boolean>> = {
  string: (value) => typeof value === 'string',
  int: (value) => Number.isSafeInteger(value),
  float: (value) => typeof value === 'number',
  bool: (value) => typeof value === 'boolean',
  bytes: (value) =>
    typeof value === 'string' && /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(value),
  timestamp: (value) => typeof value === 'string' && readInstant(value) !== null,
  duration: (value) => typeof value === 'string' && readDuration(value.replace(/^-/, '')) !== null,
  list: (value) => Array.isArray(value),
  map: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  any: () => true,
}

/** The declared parameters of a signal, in order of declaration. */
export function parametersOf(declaration: SignalDeclaration): readonly Parameter[] {
  return Object.entries(declaration.args ?? {}).map(([name, text]) => {
    const optional = text.endsWith('?')
    return { name, type: (optional ? text.slice(0, -1) : text) as ParameterType, optional }
  })
}

/** Section 2.3: every way in which the arguments break the parameters; empty when they keep to them. */
export function breaches(parameters: readonly Parameter[], args: JsonObject): readonly string[] {
  const found: string[] = []
  let present = 0
  for (const { name, type, optional } of parameters) {
    const value = Object.hasOwn(args, name) ? args[name] : undefined
    if (value !== undefined) present += 1
    if (value === undefined && !optional) found.push(`${name}: missing`)
    if (value !== undefined && !holds[type](value)) found.push(`${name}: expected ${type}`)
  }
  if (Object.keys(args).length === present) return found
  for (const name of Object.keys(args)) {
    if (!parameters.some((parameter) => parameter.name === name)) found.push(`${name}: not declared`)
  }
  return found
}

/** The arguments without those that the parameters do not name. */
export function declaredOnly(parameters: readonly Parameter[], args: JsonObject): JsonObject {
  const names = new Set(parameters.map((parameter) => parameter.name))
  return Object.fromEntries(Object.entries(args).filter(([name]) => names.has(name)))
}
