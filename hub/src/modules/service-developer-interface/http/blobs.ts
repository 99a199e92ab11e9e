import type { Hono } from 'hono'
import { forbidden } from '../../../platform/access.ts'
import { contentMismatch, contentTooLarge, uploadStalled } from '../../../platform/blobs.ts'
import { CallerError } from '../../../platform/errors.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { uploadStream } from '../../../platform/http/bindings.ts'
import { unsupportedMediaType } from '../../../platform/http/codes.ts'
import { missingBlobs, storeUpload, type UploadDeps } from '../app/uploads.ts'
import * as contract from '../contract.ts'

const tag = 'publishing'
const action = 'service.publish'
const upload = 'application/octet-stream'

/** Uploading files, each once for the whole hub. */
export function addBlobs(app: Hono<ApiEnv>, deps: UploadDeps): void {
  app.post(
    '/blobs/missing',
    ...endpoint({
      id: 'listMissingBlobs',
      summary: 'Tells which files the hub does not have yet',
      tag,
      action,
      body: contract.missingBody,
      answer: { status: 200, schema: contract.missingAnswer },
      problems: [forbidden],
    }),
    async (c) => c.json({ missing: await missingBlobs(deps, c.get('principal'), valid(c, 'json').digests) }),
  )
  app.put(
    '/blobs/:digest',
    ...endpoint({
      id: 'uploadBlob',
      summary: 'Uploads one file under its digest',
      tag,
      action,
      params: contract.blobParams,
      upload,
      answer: { status: 201, schema: contract.blobAnswer, description: 'Stored; 200 when it was already' },
      problems: [contentMismatch, contentTooLarge, uploadStalled, unsupportedMediaType, forbidden],
    }),
    async (c) => {
      // A JSON body would have been read, and bounded, before the router.
      const type = c.req.header('content-type')
      if (type !== upload)
        throw new CallerError(unsupportedMediaType, `“${type ?? 'nothing'}” where ${upload} is taken.`)
      const { digest } = valid(c, 'param')
      const length = c.req.header('content-length')
      const declared = length === undefined ? null : Number(length)
      const { blob, created } = await storeUpload(deps, c.get('principal'), {
        digest,
        content: uploadStream(c) as AsyncIterable<Uint8Array>,
        declared,
      })
      return c.json({ digest, size: blob.size }, created ? 201 : 200)
    },
  )
}
