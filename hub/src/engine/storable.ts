import type { JsonObject } from '@sutler/engine'
import { CallerError } from '../platform/errors.ts'
import { invalidSignal } from './errors.ts'

/** What PostgreSQL cannot store in JSON: NUL, and halves of surrogate pairs, as JSON.stringify writes them. */
const unstorable = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89ab][0-9a-f]{2})/i
const argumentBytes = 65_536

/**
 * Makes sure that a value from outside can be stored: an object, well-formed text, at most 64 KiB of JSON.
 * @throws CallerError `invalid-signal`, naming `what`
 */
export function assertStorable(value: JsonObject, what: string): void {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new CallerError(invalidSignal, `${what} is not a JSON object.`)
  }
  const text = JSON.stringify(value)
  if (text.length > argumentBytes || Buffer.byteLength(text) > argumentBytes) {
    throw new CallerError(invalidSignal, `${what} takes ${Buffer.byteLength(text)} bytes; 65536 is the limit.`)
  }
  if (unstorable.test(text))
    throw new CallerError(invalidSignal, `${what} has a NUL or half a surrogate pair in its text.`)
}
