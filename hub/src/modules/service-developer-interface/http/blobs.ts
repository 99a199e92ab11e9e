import type { Context, Hono } from 'hono'
import { forbidden } from '../../../platform/access.ts'
import { contentMismatch, contentTooLarge, storageFailed, uploadStalled } from '../../../platform/blobs.ts'
import { CallerError } from '../../../platform/errors.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { uploadStream } from '../../../platform/http/bindings.ts'
import { tooManyUploads, uploadBusy, uploadOffsetWrong } from '../../../platform/partial-uploads.ts'
import { unsupportedMediaType } from '../../../platform/http/codes.ts'
import {
  continueUpload,
  giveUpUpload,
  missingBlobs,
  storeUpload,
  uploadProgress,
  type UploadDeps,
} from '../app/uploads.ts'
import * as contract from '../contract.ts'

const tag = 'publishing'
const action = 'service.publish'
const upload = 'application/octet-stream'
const uploadProblems = [contentMismatch, contentTooLarge, uploadStalled, unsupportedMediaType, forbidden]

/** Uploading files, each once for the whole hub: at once, or in pieces. */
export function addBlobs(app: Hono<ApiEnv>, deps: UploadDeps): void {
  addWhole(app, deps)
  addPieces(app, deps)
}

/** A JSON body would have been read, and bounded, before the router. @throws CallerError `unsupported-media-type` */
function requireBytes(c: Context<ApiEnv>): void {
  const type = c.req.header('content-type')
  if (type !== upload) throw new CallerError(unsupportedMediaType, `“${type ?? 'nothing'}” where ${upload} is taken.`)
}

function addPieces(app: Hono<ApiEnv>, deps: UploadDeps): void {
  const path = '/blobs/:digest/upload'
  app.get(
    path,
    ...endpoint({
      id: 'getUpload',
      summary: 'Tells how far an upload has come, so that one that was cut can go on',
      tag,
      action,
      params: contract.blobParams,
      answer: { status: 200, schema: contract.uploadAnswer },
      problems: [forbidden],
    }),
    async (c) => c.json(await uploadProgress(deps, c.get('principal'), valid(c, 'param').digest)),
  )
  app.patch(
    path,
    ...endpoint({
      id: 'continueUpload',
      summary: 'Sends the next piece of a file; with its last one the file is stored',
      description:
        'What came of a piece that was cut is kept. An upload that nobody goes on with is forgotten after a day.',
      tag,
      action,
      params: contract.blobParams,
      query: contract.uploadQuery,
      upload,
      answer: { status: 200, schema: contract.uploadAnswer },
      problems: [...uploadProblems, uploadOffsetWrong, uploadBusy, tooManyUploads, storageFailed],
    }),
    async (c) => {
      requireBytes(c)
      const piece = { ...valid(c, 'query'), content: uploadStream(c) }
      return c.json(await continueUpload(deps, c.get('principal'), valid(c, 'param').digest, piece))
    },
  )
  app.delete(
    path,
    ...endpoint({
      id: 'giveUpUpload',
      summary: 'Forgets what came of an upload that is not gone on with',
      tag,
      action,
      params: contract.blobParams,
      answer: { status: 204, schema: null },
      problems: [forbidden],
    }),
    async (c) => {
      await giveUpUpload(deps, c.get('principal'), valid(c, 'param').digest)
      return c.body(null, 204)
    },
  )
}

function addWhole(app: Hono<ApiEnv>, deps: UploadDeps): void {
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
      problems: uploadProblems,
    }),
    async (c) => {
      requireBytes(c)
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
