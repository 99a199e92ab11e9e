import { Lwm2mWireError } from '../errors.ts'
import { decodeCbor } from './cbor-read.ts'
import { decodeLwm2mCbor, encodeLwm2mCbor } from './lwm2m-cbor.ts'
import { decodeLwm2mJson, encodeLwm2mJson } from './lwm2m-json.ts'
import { format } from './numbers.ts'
import { decodeText, encodeText } from './plain.ts'
import { decodeSenmlCbor, encodeSenmlCbor } from './senml-cbor.ts'
import { decodeSenmlJson, encodeSenmlJson } from './senml-json.ts'
import { decodeTlv, encodeTlv } from './tlv.ts'
import { pathNumbers } from './values.ts'
import type { Entry, TypeOf, Value, ValueType } from './values.ts'

const clause = 'OMA LwM2M Core 1.2, 7.4'

/** Numbers that TLV and JSON had before they were registered; clients are seen that still use them. */
const renumbered = new Map<number, number>([
  [1542, format.tlv],
  [1543, format.json],
])

/** Formats that carry several values at once, the ones that say most in fewest bytes first. */
export const structuredFormats = [
  format.lwm2mCbor,
  format.senmlCbor,
  format.senmlJson,
  format.tlv,
  format.json,
] as const

/**
 * What a payload says.
 * @param base what was read or written, for formats that leave it out
 * Throws Lwm2mWireError, `not-allowed` for a format that carries no values.
 */
export function decodeContent(bytes: Uint8Array, contentFormat: number, base: string, typeOf: TypeOf): Entry[] {
  switch (renumbered.get(contentFormat) ?? contentFormat) {
    case format.tlv:
      return decodeTlv(bytes, base, typeOf)
    case format.senmlJson:
      return decodeSenmlJson(bytes)
    case format.senmlCbor:
      return decodeSenmlCbor(bytes)
    case format.lwm2mCbor:
      return decodeLwm2mCbor(bytes, typeOf)
    case format.json:
      return decodeLwm2mJson(bytes, typeOf)
    case format.text:
      return [{ path: base, value: decodeText(bytes, resourceType(base, typeOf) ?? 'string') }]
    case format.opaque:
      return [{ path: base, value: bytes }]
    case format.cbor:
      return [{ path: base, value: singleValue(bytes) }]
    default:
      throw new Lwm2mWireError('not-allowed', clause, 0, `content format ${contentFormat}`)
  }
}

/** Throws Lwm2mWireError `not-allowed` for a format that cannot carry the entries. */
export function encodeContent(
  entries: readonly Entry[],
  contentFormat: number,
  base: string,
  typeOf: TypeOf,
): Uint8Array {
  const [first] = entries
  switch (contentFormat) {
    case format.tlv:
      return encodeTlv(entries, base, typeOf)
    case format.senmlJson:
      return encodeSenmlJson(entries, base)
    case format.senmlCbor:
      return encodeSenmlCbor(entries, base)
    case format.lwm2mCbor:
      return encodeLwm2mCbor(entries)
    case format.json:
      return encodeLwm2mJson(entries, base)
  }
  if (entries.length === 1 && contentFormat === format.text) return encodeText(first!.value)
  if (entries.length === 1 && contentFormat === format.opaque && first!.value instanceof Uint8Array) return first!.value
  throw new Lwm2mWireError('not-allowed', clause, 0, `content format ${contentFormat} for ${entries.length} values`)
}

/** OMA LwM2M Core 1.2, 7.4.3: one item. */
function singleValue(bytes: Uint8Array): Value {
  const item = decodeCbor(bytes)
  if (item !== null && !Array.isArray(item) && !(item instanceof Map)) return item
  throw new Lwm2mWireError('malformed', clause, 0, 'no single value')
}

function resourceType(path: string, typeOf: TypeOf): ValueType | undefined {
  const numbers = pathNumbers(path)
  return numbers && numbers.length > 2 ? typeOf(numbers[0]!, numbers[2]!) : undefined
}
