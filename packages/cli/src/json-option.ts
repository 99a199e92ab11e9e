import type { Json, JsonObject } from '@sutler/engine'
import { CommandError } from './command-error.ts'

/**
 * The JSON object that an option's value is.
 * @throws CommandError `option-invalid`
 */
export function jsonObjectOf(option: string, text: string): JsonObject {
  const value = parsed(text)
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject
  throw new CommandError(
    'option-invalid',
    `${option} is not a JSON object: ${text}`,
    `Write it like ${option} '{"name":"value"}'.`,
  )
}

/**
 * `name=value` pairs as one object. A value that is JSON is taken as that, any other as text: `n=2` is a number,
 * `n='"2"'` and `n=two` are texts.
 * @throws CommandError `option-invalid`
 */
export function pairsOf(option: string, pairs: readonly string[]): JsonObject {
  return Object.fromEntries(
    pairs.map((pair): [string, Json] => {
      const [name, text] = pairOf(option, pair)
      const value = parsed(text)
      return [name, value === undefined ? text : value]
    }),
  )
}

/** @throws CommandError `option-invalid` when there is no name or no `=` */
export function pairOf(option: string, pair: string): [name: string, value: string] {
  const equals = pair.indexOf('=')
  if (equals > 0) return [pair.slice(0, equals), pair.slice(equals + 1)]
  throw new CommandError('option-invalid', `${option} ${pair} is no pair`, `Write it like ${option} name=value.`)
}

/** Undefined when the text is no JSON. */
function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
