import { JsonError, readJson, type JsonFault } from '@sutler/json'
import { TrustError, type TrustErrorCode } from '../errors.ts'
import { limits } from '../limits.ts'
import type { Json } from './value.ts'

const bounds = { depth: limits.depth, values: limits.values, strict: true }

/**
 * Reads strict JSON: UTF-8, one value and white space around it, no key twice in an object, whole numbers only.
 * @param what names the bytes in errors
 * @param mostBytes the limit for this kind of metadata
 * Throws TrustError `malformed`, `too-large`, `too-deep`, `too-many`, `duplicate`.
 */
export function parseJson(bytes: Uint8Array, what: string, mostBytes: number): Json {
  try {
    return readJson(bytes, mostBytes, bounds)
  } catch (error) {
    throw error instanceof JsonError ? untrusted(error, what) : error
  }
}

const codes = {
  'not-utf8': 'malformed',
  malformed: 'malformed',
  'too-large': 'too-large',
  'too-deep': 'too-deep',
  'too-many': 'too-many',
  duplicate: 'duplicate',
} as const satisfies Record<JsonFault, TrustErrorCode>

function untrusted({ fault, message, at }: JsonError, what: string): TrustError {
  return new TrustError(codes[fault], what, at === null ? message : `${message} (at character ${at})`)
}
