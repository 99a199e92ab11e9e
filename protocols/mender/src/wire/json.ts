import { JsonError, readJson as readBounded, readJsonText as readBoundedText, type Json } from '@sutler/json'
import { MenderError } from '../errors.ts'

export type { Json, JsonObject } from '@sutler/json'

/** Bounds on what a device sends. Sizes in bytes, texts in UTF-16 units. */
export const limits = {
  authRequestBytes: 16_384,
  nextBytes: 65_536,
  statusBytes: 4_096,
  inventoryBytes: 262_144,
  logBytes: 1_048_576,
  /** Objects and lists inside one another. */
  depth: 8,
  /** Values of one body in all. */
  values: 50_000,
  /** A name or value of the device's identity or of what it provides. */
  text: 1_024,
  /** The identity as the device writes it, and as it is kept. */
  identity: 4_096,
  identityBytes: 1_024,
  publicKey: 4_096,
  tenantToken: 4_096,
  provides: 256,
  attributes: 1_000,
  logMessages: 10_000,
} as const

/**
 * Reads JSON (RFC 8259); depth and number of values are bounded while it is read. Of a name that comes twice the last one counts.
 * @param clause names the operation in errors
 * @throws MenderError `malformed`, `too-deep`, `too-large`
 */
export function readJson(bytes: Uint8Array, clause: string, mostBytes: number): Json {
  return refusing(clause, () => readBounded(bytes, mostBytes, limits))
}

/** JSON inside a JSON text, as in `id_data`. @throws MenderError `malformed`, `too-deep` */
export function readJsonText(text: string, clause: string): Json {
  return refusing(clause, () => readBoundedText(text, limits))
}

const codes = {
  'too-large': 'too-large',
  'not-utf8': 'malformed',
  malformed: 'malformed',
  duplicate: 'malformed',
  'too-deep': 'too-deep',
  'too-many': 'too-deep',
} as const

function refusing(clause: string, read: () => Json): Json {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    const { fault, message, at, cause } = error
    const offset = fault === 'not-utf8' ? 0 : at
    throw new MenderError(codes[fault], clause, message, offset, cause)
  }
}
