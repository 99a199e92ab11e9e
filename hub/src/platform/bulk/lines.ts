/** Uploads of many lines, one record to a line, from anybody: whatever a line has in it, the next one is read. */

export interface BulkRecord {
  /** Of the file, from 1; where the record begins. */
  readonly line: number
  readonly value: Readonly<Record<string, unknown>>
}

/** A line that is no record. */
export interface BulkFault {
  readonly line: number
  /** A sentence. */
  readonly fault: string
}

export type BulkLine = BulkRecord | BulkFault

export const bulkLimits = {
  /** Bytes of one record. */
  record: 65_536,
  /** Columns of a CSV file. */
  columns: 100,
} as const

/** Text of bytes that must be UTF-8 without NUL; null when they are not. */
export function textOf(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return text.includes('\0') ? null : text
  } catch {
    // TypeError: no UTF-8.
    return null
  }
}

export const notText = 'The line is not UTF-8 text, or has a NUL character in it.'
export const tooLong = `A record has at most ${bulkLimits.record} bytes.`

/** A text at its beginning can have the mark of byte order (U+FEFF), which is none of its characters. */
export function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes
}
