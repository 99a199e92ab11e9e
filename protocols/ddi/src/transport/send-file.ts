import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { DdiError } from '../errors.ts'
import type { Artifact } from '../wire/documents.ts'
import { hasTag, readRange, type ByteRange } from '../wire/range.ts'

/** A reader that takes nothing for this long is cut, milliseconds; it resumes with Range. */
const patience = 60_000

/** Bytes of an artifact; `end` is exclusive. */
export type OpenArtifact = (range: { start: number; end: number }) => Promise<AsyncIterable<Uint8Array> | null>

interface Plan {
  readonly status: 200 | 206 | 304 | 412 | 416
  readonly headers: Record<string, string | number>
  readonly range: ByteRange | null
}

/** GET and HEAD of an artifact, with entity tag and ranges (RFC 9110). Content under a digest never changes. */
export async function sendArtifact(
  request: IncomingMessage,
  response: ServerResponse,
  artifact: Artifact,
  open: OpenArtifact,
): Promise<void> {
  const { status, headers, range } = planAnswer(request.headers, artifact)
  const bytes =
    range === null || request.method === 'HEAD' || artifact.size === 0
      ? null
      : await open({ start: range.start, end: range.end + 1 })
  if (bytes === null && range !== null && request.method !== 'HEAD' && artifact.size > 0)
    throw new DdiError('busy', 'artifact', `the hub does not have the file ${artifact.sha256} at the moment`)
  response.writeHead(status, headers)
  if (bytes === null) {
    response.end()
    return
  }
  response.setTimeout(patience, () => response.destroy())
  // A reader that goes away in the middle comes back with a range: nothing has failed.
  await pipeline(Readable.from(bytes, { objectMode: false }), response).catch(() => response.destroy())
}

/** RFC 9110, 13.2.2: If-Match, If-None-Match, then If-Range and Range. */
export function planAnswer(headers: IncomingMessage['headers'], { filename, size, sha256 }: Artifact): Plan {
  const etag = `"${sha256}"`
  const always = { etag, 'accept-ranges': 'bytes', 'cache-control': 'private, no-transform' }
  const match = headers['if-match']
  if (match !== undefined && !hasTag(match, etag))
    return { status: 412, headers: { ...always, 'content-length': 0 }, range: null }
  const none = headers['if-none-match']
  if (none !== undefined && hasTag(none, etag)) return { status: 304, headers: always, range: null }
  const meant = headers['if-range'] === undefined || headers['if-range'] === etag
  const range = meant ? readRange(headers.range, size) : null
  if (range === 'past-end')
    return { status: 416, headers: { ...always, 'content-range': `bytes */${size}`, 'content-length': 0 }, range: null }
  const content = {
    ...always,
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(filename)}`,
  }
  if (range === null)
    return { status: 200, headers: { ...content, 'content-length': size }, range: { start: 0, end: size - 1 } }
  const place = `bytes ${range.start}-${range.end}/${size}`
  return {
    status: 206,
    headers: { ...content, 'content-length': range.end + 1 - range.start, 'content-range': place },
    range,
  }
}
