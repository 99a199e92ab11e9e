import { tooDeepAt } from '@sutler/json'
import { Lwm2mWireError } from '../errors.ts'
import { limits } from '../limits.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true })
const clause = 'RFC 8259'

/** JSON whose depth is bounded before the parser runs. Throws Lwm2mWireError. */
export function parseJson(bytes: Uint8Array): unknown {
  if (bytes.length > limits.bodyBytes) throw new Lwm2mWireError('too-large', clause, 0, `${bytes.length} bytes of JSON`)
  const deep = tooDeepAt(bytes, limits.depth)
  if (deep !== null) throw new Lwm2mWireError('too-deep', clause, deep, `more than ${limits.depth} levels`)
  try {
    return JSON.parse(utf8.decode(bytes))
  } catch (cause) {
    const at = /position (\d+)/.exec(String(cause))?.[1]
    throw new Lwm2mWireError('malformed', clause, Number(at ?? 0), 'no JSON in UTF-8')
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A field of the type, undefined when absent; throws when it is of another type. */
export function field<T>(
  record: Record<string, unknown>,
  name: string,
  type: 'string' | 'number' | 'boolean',
  inClause: string,
  index: number,
): T | undefined {
  const value = Object.hasOwn(record, name) ? record[name] : undefined
  if (value === undefined || typeof value === type) return value as T | undefined
  throw new Lwm2mWireError('malformed', inClause, index, `field ${name} of record ${index} is no ${type}`)
}
