import { openAsBlob } from 'node:fs'
import { ApiError, answer, type SutlerClient } from '@sutler/client'

/** How far a publication has come. */
export interface PublishProgress {
  /** Files that are there now, of those that were missing. */
  readonly uploaded: number
  readonly missing: number
  /** Bytes sent so far, and in all. */
  readonly bytes: number
  readonly total: number
}

/** Uploads at the same time. */
const parallel = 8
/** A larger file goes in pieces of this size, so that one that was cut goes on. */
const piece = 8 * 1_048_576
/** How long a hub that is away is waited for unless the caller says otherwise, without anything getting on, milliseconds. */
export const usualPatience = 120_000
const [firstPause, longestPause] = [250, 5_000]
/** Answers after which the same request may well succeed. */
const passing: ReadonlySet<number> = new Set([0, 408, 425, 429, 502, 503, 504])

/**
 * Sends these files, several at a time. A connection that breaks, or a hub that is away for a while, is waited for; large files go on
 * where they stopped.
 * @param files digest → absolute path
 * @param patience how long a hub that is away is waited for, milliseconds
 * @throws ApiError when the hub refuses, or stays away
 */
export async function sendFiles(
  api: SutlerClient,
  files: ReadonlyMap<string, string>,
  tell: (progress: PublishProgress) => void,
  patience: number,
): Promise<void> {
  const blobs = new Map<string, Blob>()
  for (const [digest, path] of files) blobs.set(digest, await openAsBlob(path))
  const total = [...blobs.values()].reduce((sum, { size }) => sum + size, 0)
  const state = { uploaded: 0, missing: files.size, bytes: 0, total }
  const sent = (bytes: number): void => {
    state.bytes += bytes
    tell({ ...state })
  }
  const queue = blobs.entries()
  await Promise.all(
    Array.from({ length: parallel }, async () => {
      for (const [digest, blob] of queue) {
        if (blob.size <= piece) await persist(patience, () => sendWhole(api, digest, blob, sent))
        else await sendInPieces(api, digest, blob, sent, patience)
        state.uploaded++
        tell({ ...state })
      }
    }),
  )
}

async function sendWhole(api: SutlerClient, digest: string, blob: Blob, sent: (bytes: number) => void): Promise<void> {
  await api.PUT('/api/v1/blobs/{digest}', { params: { path: { digest } }, ...bodyOf(blob) })
  sent(blob.size)
}

async function sendInPieces(
  api: SutlerClient,
  digest: string,
  blob: Blob,
  sent: (bytes: number) => void,
  patience: number,
): Promise<void> {
  const path = { digest }
  const where = async () => answer(await api.GET('/api/v1/blobs/{digest}/upload', { params: { path } }))
  let at = await persist(patience, where)
  sent(Math.min(at.offset, blob.size))
  while (!at.complete) {
    const before = at.offset
    at = await persist(
      patience,
      async () => {
        const query = { offset: at.offset, size: blob.size }
        const body = blob.slice(at.offset, at.offset + piece)
        return answer(await api.PATCH('/api/v1/blobs/{digest}/upload', { params: { path, query }, ...bodyOf(body) }))
      },
      // What came of the piece that was cut is there: it goes on behind it. What was sent by another run, too.
      async () => {
        at = await where()
      },
    )
    sent(at.offset - before)
  }
}

function bodyOf(blob: Blob) {
  return {
    body: blob as never,
    bodySerializer: (body: unknown) => body as Blob,
    headers: { 'Content-Type': 'application/octet-stream' },
  }
}

/** Does `work` until it succeeds, as long as it fails only by what passes. @param again before each further try */
async function persist<T>(
  patience: number,
  work: () => Promise<T>,
  again: () => Promise<void> = async () => {},
): Promise<T> {
  const end = performance.now() + patience
  for (let pause = firstPause; ; pause = Math.min(pause * 2, longestPause)) {
    try {
      return await work()
    } catch (error) {
      if (!mayPass(error) || performance.now() + pause > end) throw error
      await new Promise((resolve) => setTimeout(resolve, pause))
      await again().catch((failed: unknown) => {
        if (!mayPass(failed)) throw failed
      })
    }
  }
}

function mayPass(error: unknown): boolean {
  if (!(error instanceof ApiError) || error.code === 'untrusted') return false
  return passing.has(error.status) || error.code === 'upload-offset-wrong' || error.code === 'upload-busy'
}
