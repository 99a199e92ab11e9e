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

function recordOf(map: CborMap, index: number): SenmlRecord {
  const read = <T>(key: number | string, is: (value: Cbor) => value is Cbor & T): T | undefined => {
    const value = map.get(key)
    if (value === undefined) return undefined
    if (is(value)) return value
    throw new Lwm2mWireError('malformed', clause, index, `label ${key} of record ${index} has another type`)
  }
  const isText = (value: Cbor): value is string => typeof value === 'string'
  const fields = {
    baseName: read(label.baseName, isText),
    name: read(label.name, isText),
    number: read(
      label.number,
      (value): value is number | bigint => typeof value === 'number' || typeof value === 'bigint',
    ),
    text: read(label.text, isText),
    boolean: read(label.boolean, (value): value is boolean => typeof value === 'boolean'),
    bytes: read(label.bytes, (value): value is Uint8Array => value instanceof Uint8Array),
    link: read(label.link, isText),
  }
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
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
