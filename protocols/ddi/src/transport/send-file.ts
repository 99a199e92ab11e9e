import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { planFileAnswer, type FileHeaders } from '@sutler/http'
import { DdiError } from '../errors.ts'
import type { Artifact } from '../wire/documents.ts'

/** A reader that takes nothing for this long is cut, milliseconds; it resumes with Range. */
const patience = 60_000

/** Bytes of an artifact; `end` is exclusive. */
export type OpenArtifact = (range: { start: number; end: number }) => Promise<AsyncIterable<Uint8Array> | null>

/** GET and HEAD of an artifact, with entity tag and ranges (RFC 9110). Content under a digest never changes. */
export async function sendArtifact(
  request: IncomingMessage,
  response: ServerResponse,
  artifact: Artifact,
  open: OpenArtifact,
): Promise<void> {
  const { filename, size, sha256 } = artifact
  const { status, headers, range } = planFileAnswer(request.headers, { etag: `"${sha256}"`, size }, headersOf(filename))
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

function headersOf(filename: string): FileHeaders {
  return {
    always: { 'cache-control': 'private, no-transform' },
    content: {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(filename)}`,
    },
  }
}
