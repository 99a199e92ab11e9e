import { Lwm2mWireError } from '../errors.ts'
import { limits } from '../limits.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true })
const clause = 'RFC 8259'

/** JSON whose depth is bounded before the parser runs. Throws Lwm2mWireError. */
export function parseJson(bytes: Uint8Array): unknown {
  if (bytes.length > limits.bodyBytes) throw new Lwm2mWireError('too-large', clause, 0, `${bytes.length} bytes of JSON`)
  let depth = 0
  let inText = false
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!
    if (inText) {
      if (byte === 0x5c) at++
      else if (byte === 0x22) inText = false
    } else if (byte === 0x22) inText = true
    else if (byte === 0x5b || byte === 0x7b) {
      if (++depth > limits.depth) throw new Lwm2mWireError('too-deep', clause, at, `more than ${limits.depth} levels`)
    } else if (byte === 0x5d || byte === 0x7d) depth--
  }
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
