import { ByteReader } from '../../wire/byte-reader.ts'
import { ByteWriter } from '../../wire/byte-writer.ts'

/** Content types (RFC 5246, 6.2.1). */
export const contentType = { changeCipherSpec: 20, alert: 21, handshake: 22, applicationData: 23 } as const

/** DTLS 1.2 on the wire; 1.0 may stand in the first record of a client (RFC 6347, 4.1). */
export const dtls12 = 0xfefd
const dtls10 = 0xfeff

export interface Record {
  readonly type: number
  readonly epoch: number
  /** 48 bits. */
  readonly sequence: number
  readonly fragment: Uint8Array
}

const clause = 'RFC 6347, 4.1'
/** Records in one datagram: a flight has four at most. */
const mostRecords = 16

/** The records of a datagram; what is no record of DTLS 1.2 ends the reading (RFC 6347, 4.1.2.7). Throws Lwm2mWireError. */
export function readRecords(bytes: Uint8Array): Record[] {
  const reader = new ByteReader(bytes, clause)
  const records: Record[] = []
  while (reader.left > 0) {
    if (records.length === mostRecords) reader.fail('too-large', `more than ${mostRecords} records in a datagram`)
    const type = reader.byte('a content type')
    const version = reader.uint(2, 'a version')
    if (version !== dtls12 && version !== dtls10) reader.fail('malformed', `version ${version.toString(16)}`)
    const epoch = reader.uint(2, 'an epoch')
    const sequence = reader.uint(6, 'a sequence number')
    const length = reader.uint(2, 'a length')
    records.push({ type, epoch, sequence, fragment: reader.take(length, 'a fragment') })
  }
  return records
}

export function writeRecord({ type, epoch, sequence, fragment }: Record): Uint8Array {
  const writer = new ByteWriter(13 + fragment.length)
  writer.byte(type)
  writer.uint(dtls12, 2)
  writer.uint(epoch, 2)
  writer.uint(sequence, 6)
  writer.uint(fragment.length, 2)
  writer.bytes(fragment)
  return writer.taken()
}
