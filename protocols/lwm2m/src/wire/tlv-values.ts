import { Lwm2mWireError } from '../errors.ts'
import { noBytes } from './coap-message.ts'
import { isObjectLink, smallest } from './values.ts'
import type { Value, ValueType } from './values.ts'

const clause = 'OMA LwM2M Core 1.2, Appendix C'
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const utf8 = new TextEncoder()

/** A value as TLV carries it. Throws Lwm2mWireError `malformed` when the length does not fit the type. */
export function valueOfBytes(bytes: Uint8Array, type: ValueType, offset: number): Value {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  switch (type) {
    case 'integer':
    case 'time':
      return integerOf(view, offset)
    case 'float':
      if (view.byteLength === 4) return view.getFloat32(0)
      if (view.byteLength === 8) return view.getFloat64(0)
      return wrongLength(type, bytes.length, offset)
    case 'boolean':
      if (bytes.length === 1 && bytes[0]! < 2) return bytes[0] === 1
      return wrongLength(type, bytes.length, offset)
    case 'objlnk':
      if (bytes.length === 4) return { object: view.getUint16(0), instance: view.getUint16(2) }
      return wrongLength(type, bytes.length, offset)
    case 'string':
      try {
        return strictUtf8.decode(bytes)
      } catch {
        throw new Lwm2mWireError('malformed', clause, offset, 'a text that is not UTF-8')
      }
    case 'opaque':
      return bytes
  }
}

/** 1, 2, 4 or 8 bytes. Clients are seen that leave 0 out altogether. */
function integerOf(view: DataView, offset: number): number | bigint {
  switch (view.byteLength) {
    case 0:
      return 0
    case 1:
      return view.getInt8(0)
    case 2:
      return view.getInt16(0)
    case 4:
      return view.getInt32(0)
    case 8:
      return smallest(view.getBigInt64(0))
    default:
      return wrongLength('integer', view.byteLength, offset)
  }
}

function wrongLength(type: ValueType, length: number, offset: number): never {
  throw new Lwm2mWireError('malformed', clause, offset, `a value of type ${type} in ${length} bytes`)
}

/** The shortest form. Throws TypeError when the value is not of the type: a mistake of the caller. */
export function bytesOfValue(value: Value, type: ValueType): Uint8Array {
  if (value instanceof Uint8Array) return value
  if (typeof value === 'boolean') return Uint8Array.of(value ? 1 : 0)
  if (isObjectLink(value)) {
    const view = new DataView(new ArrayBuffer(4))
    view.setUint16(0, value.object)
    view.setUint16(2, value.instance)
    return new Uint8Array(view.buffer)
  }
  if (typeof value === 'string') return value === '' ? noBytes : utf8.encode(value)
  if (type === 'float' || !Number.isInteger(Number(value))) {
    const view = new DataView(new ArrayBuffer(8))
    view.setFloat64(0, Number(value))
    return new Uint8Array(view.buffer)
  }
  return integerBytes(BigInt(value))
}

function integerBytes(value: bigint): Uint8Array {
  const bits = [8, 16, 32].find((width) => BigInt.asIntN(width, value) === value) ?? 64
  const view = new DataView(new ArrayBuffer(8))
  view.setBigInt64(0, value)
  return new Uint8Array(view.buffer, 8 - bits / 8)
}
