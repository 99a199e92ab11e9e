import { MenderError } from '../errors.ts'
import { limits, type Json, type JsonObject } from './json.ts'

/** @throws MenderError `bad-field` when it is no object */
export function asObject(value: Json | undefined, name: string, clause: string): JsonObject {
  if (value instanceof Map) return value as JsonObject
  throw new MenderError('bad-field', clause, `${name} must be an object`)
}

/** @throws MenderError `bad-field` when it is no list, or one that is too long */
export function asList(value: Json | undefined, name: string, clause: string, most: number): readonly Json[] {
  if (!isList(value)) throw new MenderError('bad-field', clause, `${name} must be a list`)
  if (value.length > most)
    throw new MenderError('bad-field', clause, `${name} has ${value.length} entries, more than ${most}`)
  return value
}

/** `Array.isArray` does not narrow a readonly list away. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

/** @throws MenderError `bad-field` when it is missing, empty, no text or too long */
export function textField(object: JsonObject, name: string, clause: string, most: number = limits.text): string {
  const value = object.get(name)
  if (typeof value !== 'string' || value === '') throw new MenderError('bad-field', clause, `${name} must be a text`)
  if (value.length > most)
    throw new MenderError('bad-field', clause, `${name} has ${value.length} characters, more than ${most}`)
  return value
}

/** Like `textField`; null when the field is missing, null or empty. */
export function optionalText(
  object: JsonObject,
  name: string,
  clause: string,
  most: number = limits.text,
): string | null {
  const value = object.get(name)
  return value === undefined || value === null || value === '' ? null : textField(object, name, clause, most)
}

/** JSON in one spelling: names sorted, no white space. */
export function oneSpelling(value: Json): string {
  if (isList(value)) return `[${value.map((entry) => oneSpelling(entry)).join(',')}]`
  if (!(value instanceof Map)) return JSON.stringify(value)
  const entries = [...(value as JsonObject)].sort(([one], [other]) => (one < other ? -1 : 1))
  return `{${entries.map(([name, entry]) => `${JSON.stringify(name)}:${oneSpelling(entry)}`).join(',')}}`
}
