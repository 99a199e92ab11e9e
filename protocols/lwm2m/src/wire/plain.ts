import { Lwm2mWireError } from '../errors.ts'
import { base64OfBytes, bytesOfBase64 } from './base64.ts'
import { linkOf } from './senml.ts'
import { isObjectLink, smallest } from './values.ts'
import type { Value, ValueType } from './values.ts'

const clause = 'OMA LwM2M Core 1.2, 7.4.1'
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const utf8 = new TextEncoder()

/** One value as text. Throws Lwm2mWireError when it is not one of the type. */
export function decodeText(bytes: Uint8Array, type: ValueType): Value {
  const text = textOf(bytes)
  switch (type) {
    case 'integer':
    case 'time':
      if (/^[+-]?\d{1,19}$/.test(text)) return smallest(BigInt(text.replace('+', '')))
      return refuse(text, 'whole number')
    case 'float':
      if (/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$/.test(text)) return Number(text)
      return refuse(text, 'number')
    case 'boolean':
      if (text === '0' || text === '1') return text === '1'
      return refuse(text, 'truth value')
    case 'objlnk':
      return linkOf(text, 0)
    case 'opaque':
      return bytesOfBase64(text, clause, 0)
    case 'string':
      return text
  }
}

export function encodeText(value: Value): Uint8Array {
  if (typeof value === 'boolean') return utf8.encode(value ? '1' : '0')
  if (value instanceof Uint8Array) return utf8.encode(base64OfBytes(value, 'plain'))
  if (isObjectLink(value)) return utf8.encode(`${value.object}:${value.instance}`)
  return utf8.encode(String(value))
}

function textOf(bytes: Uint8Array): string {
  try {
    return strictUtf8.decode(bytes)
  } catch {
    throw new Lwm2mWireError('malformed', clause, 0, 'a text that is not UTF-8')
  }
}

function refuse(text: string, what: string): never {
  throw new Lwm2mWireError('malformed', clause, 0, `${JSON.stringify(text.slice(0, 40))} is no ${what}`)
}
