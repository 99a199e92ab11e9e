import { noneMatch, someMatch } from './entity-tags.ts'
import { parseRange, rangeStillMeant, type ByteRange } from './range.ts'

export interface FileAnswer {
  readonly status: 200 | 206 | 304 | 412 | 416
  readonly headers: Record<string, string | number>
  /** What of the file is sent; null for nothing. Of an empty file there is a range, and no byte. */
  readonly range: ByteRange | null
}

/** Headers beside those of RFC 9110's conditions and ranges. */
export interface FileHeaders {
  /** Of every answer, such as how long it may be kept. */
  readonly always: Readonly<Record<string, string>>
  /** Of answers with content, such as its type. */
  readonly content: Readonly<Record<string, string>>
}

/**
 * How GET or HEAD of a file is answered: RFC 9110, 13.2.2 (If-Match, If-None-Match, then If-Range and Range).
 * @param etag quoted; what it stands for never changes
 */
export function planFileAnswer(
  asked: { readonly [name: string]: string | string[] | undefined },
  { etag, size }: { readonly etag: string; readonly size: number },
  { always: given, content }: FileHeaders,
): FileAnswer {
  const one = (name: string): string | undefined => (typeof asked[name] === 'string' ? asked[name] : undefined)
  const always = { etag, 'accept-ranges': 'bytes', ...given }
  if (!someMatch(one('if-match'), etag))
    return { status: 412, headers: { ...always, 'content-length': 0 }, range: null }
  if (!noneMatch(one('if-none-match'), etag)) return { status: 304, headers: always, range: null }
  const range = rangeStillMeant(one('if-range'), etag) ? parseRange(one('range'), size) : null
  if (range === 'unsatisfiable')
    return { status: 416, headers: { ...always, 'content-range': `bytes */${size}`, 'content-length': 0 }, range: null }
  if (range === null) {
    const headers = { ...always, ...content, 'content-length': size }
    return { status: 200, headers, range: { start: 0, end: size - 1 } }
  }
  const length = range.end - range.start + 1
  const place = `bytes ${range.start}-${range.end}/${size}`
  return { status: 206, headers: { ...always, ...content, 'content-length': length, 'content-range': place }, range }
}
