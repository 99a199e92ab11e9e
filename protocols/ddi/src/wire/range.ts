/** Bytes `start` to `end`, both included. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/**
 * What a Range header asks of `size` bytes (RFC 9110, 14.1.2): null for all of them (no header, another unit, malformed, or
 * several ranges, which a server may ignore), `past-end` when it starts past the end.
 */
export function readRange(header: string | undefined, size: number): ByteRange | 'past-end' | null {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.replaceAll(' ', '') ?? '')
  if (!match || (match[1] === '' && match[2] === '')) return null
  if (match[1] === '') {
    const length = Math.min(Number(match[2]), size)
    return length === 0 ? 'past-end' : { start: size - length, end: size - 1 }
  }
  const start = Number(match[1])
  const last = match[2] === '' ? size - 1 : Number(match[2])
  if (last < start && match[2] !== '') return null
  return start >= size ? 'past-end' : { start, end: Math.min(last, size - 1) }
}

/** Whether a list of entity tags has `etag`, by the weak comparison (RFC 9110, 8.8.3.2), or is `*`. */
export function hasTag(header: string, etag: string): boolean {
  return header.split(',').some((tag) => ['*', etag].includes(tag.trim().replace(/^W\//, '')))
}
