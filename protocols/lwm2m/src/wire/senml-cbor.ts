import { Lwm2mWireError } from '../errors.ts'
import { decodeCbor, expectMap } from './cbor-read.ts'
import { encodeCbor } from './cbor-write.ts'
import { boundRecords, entriesOfRecords, recordsOfEntries } from './senml.ts'
import type { Cbor, CborMap } from './cbor-read.ts'
import type { SenmlRecord } from './senml.ts'
import type { Entry } from './values.ts'

const clause = 'RFC 8428, 6'

/** Labels (RFC 8428, table 4); object links have a text label (OMA LwM2M Core 1.2, 7.4.4). */
const label = { baseName: -2, name: 0, number: 2, text: 3, boolean: 4, bytes: 8, link: 'vlo' } as const

/** SenML in CBOR. Throws Lwm2mWireError. */
export function decodeSenmlCbor(bytes: Uint8Array): Entry[] {
  const records = decodeCbor(bytes)
  if (!Array.isArray(records)) throw new Lwm2mWireError('malformed', clause, 0, 'a pack that is no array')
  boundRecords(records.length)
  return entriesOfRecords(records.map((record, index) => recordOf(expectMap(record, `record ${index}`, clause), index)))
}

const isText = (value: Cbor): value is string => typeof value === 'string'
const isNumber = (value: Cbor): value is number | bigint => typeof value === 'number' || typeof value === 'bigint'
const isBoolean = (value: Cbor): value is boolean => typeof value === 'boolean'
const isBytes = (value: Cbor): value is Uint8Array => value instanceof Uint8Array

function recordOf(map: CborMap, index: number): SenmlRecord {
  return {
    baseName: read(map, label.baseName, isText, index),
    name: read(map, label.name, isText, index),
    number: read(map, label.number, isNumber, index),
    text: read(map, label.text, isText, index),
    boolean: read(map, label.boolean, isBoolean, index),
    bytes: read(map, label.bytes, isBytes, index),
    link: read(map, label.link, isText, index),
  }
}

function read<T extends Cbor>(
  map: CborMap,
  key: number | string,
  is: (value: Cbor) => value is T,
  index: number,
): T | undefined {
  const value = map.get(key)
  if (value === undefined || is(value)) return value
  throw new Lwm2mWireError('malformed', clause, index, `label ${key} of record ${index} has another type`)
}

/** @param base common beginning of all paths */
export function encodeSenmlCbor(entries: readonly Entry[], base: string): Uint8Array {
  const keys = Object.entries(label) as [keyof SenmlRecord, number | string][]
  return encodeCbor(
    recordsOfEntries(entries, base).map(
      (record) =>
        new Map<Cbor, Cbor>(
          keys.flatMap(([field, key]) => (record[field] === undefined ? [] : [[key, record[field] as Cbor] as const])),
        ),
    ),
  )
}
