import { UspError } from '../errors.ts'
import { limits } from './limits.ts'
import { recordSchema, type RecordDraft, type UspRecord } from './record-schema.ts'

/** A record that says what it is. */
export type KnownRecord = UspRecord & { readonly recordType: NonNullable<UspRecord['recordType']> }

/**
 * Whether the payload is readable is not looked at here.
 * @throws UspError 7100 for bytes that are no record, 7104 for one without its required fields
 */
export function decodeRecord(bytes: Uint8Array): KnownRecord {
  if (bytes.length > limits.recordBytes)
    throw new UspError(7100, 'R-MTP.5', -1, `a record of ${bytes.length} bytes, ${limits.recordBytes} are taken`)
  const record = recordSchema.decode(bytes)
  for (const field of ['toId', 'fromId'] as const) {
    const { length } = record[field]
    if (length === 0 || length > limits.identifierBytes)
      throw new UspError(7104, 'R-MTP.4b', 0, `${field} of ${length} characters`)
  }
  if (!/^\d{1,3}\.\d{1,3}$/.test(record.version))
    throw new UspError(7104, 'R-MTP.4b', 0, 'a version that is not major.minor')
  if (record.recordType === undefined) throw new UspError(7104, 'R-MTP.4b', 0, 'no known type of record')
  return record as KnownRecord
}

export function encodeRecord(draft: RecordDraft): Uint8Array {
  return recordSchema.encode(draft)
}
