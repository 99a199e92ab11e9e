import type { JsonObject } from '@sutler/engine'
import { CallerError } from '../platform/errors.ts'
import { invalidSignal } from './errors.ts'

/** What PostgreSQL cannot store in JSON: NUL, and halves of surrogate pairs, as JSON.stringify writes them. */
const unstorable = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89ab][0-9a-f]{2})/i
const argumentBytes = 65_536
/** Lists and objects within one another, as in models’ documents. */
const deepest = 128

/** Whether PostgreSQL can keep a value as JSON. */
export function isStorable(value: unknown): boolean {
  return !unstorable.test(JSON.stringify(value))
}

/**
 * Makes sure that a value from outside can be stored: an object, well-formed text, nested 128 deep at most, at most 64 KiB of JSON.
 * @throws CallerError `invalid-signal`, naming `what`
 */
export function assertStorable(value: JsonObject, what: string): void {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new CallerError(invalidSignal, `${what} is not a JSON object.`)
  }
  if (isDeeper(value, deepest)) {
    throw new CallerError(invalidSignal, `${what} has more than ${deepest} lists and objects within one another.`)
  }
  const text = JSON.stringify(value)
  if (text.length > argumentBytes || Buffer.byteLength(text) > argumentBytes) {
    throw new CallerError(invalidSignal, `${what} takes ${Buffer.byteLength(text)} bytes; 65536 is the limit.`)
  }
  if (unstorable.test(text))
    throw new CallerError(invalidSignal, `${what} has a NUL or half a surrogate pair in its text.`)
}

function isDeeper(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (depth === 0) return true
  for (const part of Array.isArray(value) ? value : Object.values(value)) if (isDeeper(part, depth - 1)) return true
  return false
}
