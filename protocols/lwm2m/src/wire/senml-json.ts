import { Lwm2mWireError } from '../errors.ts'
import { bytesOfBase64, base64OfBytes } from './base64.ts'
import { field, isRecord, parseJson } from './json-text.ts'
import { boundRecords, entriesOfRecords, recordsOfEntries } from './senml.ts'
import type { SenmlRecord } from './senml.ts'
import type { Entry } from './values.ts'

const clause = 'RFC 8428, 5'
const utf8 = new TextEncoder()

/** SenML in JSON. Throws Lwm2mWireError; its offset is the record's number once the text is JSON. */
export function decodeSenmlJson(bytes: Uint8Array): Entry[] {
  const pack = parseJson(bytes)
  if (!Array.isArray(pack)) throw new Lwm2mWireError('malformed', clause, 0, 'a pack that is no array')
  boundRecords(pack.length)
  return entriesOfRecords(pack.map(recordOf))
}

function recordOf(record: unknown, index: number): SenmlRecord {
  if (!isRecord(record)) throw new Lwm2mWireError('malformed', clause, index, `record ${index} is no object`)
  const read = <T>(name: string, type: 'string' | 'number' | 'boolean') => field<T>(record, name, type, clause, index)
  const data = read<string>('vd', 'string')
  return {
    baseName: read<string>('bn', 'string'),
    name: read<string>('n', 'string'),
    number: read<number>('v', 'number'),
    text: read<string>('vs', 'string'),
    boolean: read<boolean>('vb', 'boolean'),
    bytes: data === undefined ? undefined : bytesOfBase64(data, clause, index),
    link: read<string>('vlo', 'string'),
  }
}

/** @param base common beginning of all paths */
export function encodeSenmlJson(entries: readonly Entry[], base: string): Uint8Array {
  const pack = recordsOfEntries(entries, base).map(({ baseName, name, number, text, boolean, bytes, link }) => ({
    bn: baseName,
    n: name,
    v: number === undefined ? undefined : Number(number),
    vs: text,
    vb: boolean,
    vd: bytes && base64OfBytes(bytes, 'url'),
    vlo: link,
  }))
  return utf8.encode(JSON.stringify(pack))
}
