import type { Context } from 'hono'
import { stream } from 'hono/streaming'
import { uploadStalled } from '../blobs.ts'
import { CallerError } from '../errors.ts'
import type { ApiEnv } from '../http/api.ts'
import { uploadStream } from '../http/bindings.ts'
import { unsupportedMediaType } from '../http/codes.ts'
import { within } from '../wait.ts'
import { csvRecords } from './csv-records.ts'
import { jsonRecords } from './json-records.ts'
import type { BulkLine } from './lines.ts'
import { rowMedia } from './write-rows.ts'

/** Without a byte for so long, an upload is given up, milliseconds. */
const stall = 30_000

/** The body as records, by its media type. @throws CallerError `unsupported-media-type` */
export function uploadedRecords(c: Context<ApiEnv>): AsyncGenerator<BulkLine> {
  const type = (c.req.header('content-type') ?? '').split(';', 1)[0]!.trim().toLowerCase()
  const bytes = inTime(uploadStream(c))
  if (type === 'text/csv') return csvRecords(bytes)
  if (type === 'application/x-ndjson') return jsonRecords(bytes)
  throw new CallerError(unsupportedMediaType, `“${type.slice(0, 80)}” where text/csv or application/x-ndjson is taken.`)
}

async function* inTime(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = bytes[Symbol.asyncIterator]()
  try {
    for (;;) {
      const next = await within(
        iterator.next().catch(cutOff),
        stall,
        () => new CallerError(uploadStalled, `Nothing came for ${stall / 1000} s.`),
      )
      if (next.done === true) return
      yield next.value
    }
  } finally {
    await iterator.return?.()
  }
}

function cutOff(cause: unknown): never {
  throw new CallerError(uploadStalled, 'The connection ended in the middle of the upload.', { cause })
}

/** Answers with a line of JSON per value, as they come, as fast as they are read. Nothing more is made when nobody reads on. */
export function answerLines(c: Context<ApiEnv>, values: AsyncGenerator<object>): Response {
  c.header('content-type', rowMedia.ndjson)
  return stream(c, async (out) => {
    for await (const value of values) {
      if (out.aborted) break
      await out.write(`${JSON.stringify(value)}\n`)
    }
  })
}
