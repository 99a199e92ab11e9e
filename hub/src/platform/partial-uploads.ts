import { createHash } from 'node:crypto'
import { mkdir, open, readdir, rm, stat, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { contentMismatch, contentTooLarge, storageFailure, uploadPieces } from './blobs.ts'
import type { Clock, Milliseconds, WallTime } from './clock.ts'
import { CallerError, errorCode } from './errors.ts'

export const uploadOffsetWrong = errorCode(
  'upload-offset-wrong',
  409,
  'The upload does not go on where it stopped',
  'Ask where it stopped (GET /api/v1/blobs/{digest}/upload), and send from there on.',
)

export const uploadBusy = errorCode(
  'upload-busy',
  409,
  'Another request is sending the same file',
  'Wait until it has ended, ask where the upload stopped, and send from there on.',
)

export const tooManyUploads = errorCode(
  'too-many-uploads',
  429,
  'Too many uploads are unfinished',
  'Finish or give up some of them (DELETE /api/v1/blobs/{digest}/upload); what is not gone on with is forgotten after a day.',
)

/** Unfinished uploads that one sender may have. */
const perOwner = 16
/** What nobody goes on with is kept for so long. */
const keptFor: Milliseconds = 86_400_000

export interface Piece {
  /** Bytes before it. */
  readonly offset: number
  readonly content: AsyncIterable<Uint8Array>
  /** Bytes of the whole file. */
  readonly size: number
}

/** Beginnings of files, on disk, each of one sender's: an upload that was cut goes on where it stopped, also after a restart. */
export interface PartialUploads {
  /** Bytes that are there. */
  received(owner: string, digest: string): Promise<number>
  /**
   * Adds a piece; what came of one that was cut is kept.
   * @returns bytes that are there now, durably
   * @throws CallerError `upload-offset-wrong`, `upload-busy`, `too-many-uploads`, `content-mismatch`, `content-too-large`, `upload-stalled`; OutsideError `storage-failed`
   */
  append(owner: string, digest: string, piece: Piece): Promise<number>
  /** Where the whole file is, to be moved away by `Blobs.adopt`. */
  path(owner: string, digest: string): string
  discard(owner: string, digest: string): Promise<void>
  /** Forgets what nobody has gone on with for a day. @returns how many */
  sweep(): Promise<number>
}

export interface PartialUploadOptions {
  /** Hubs that share files share it. */
  readonly directory: string
  readonly clock: Clock
  /** Bytes of a file. */
  readonly maxBytes: number
  /** How long to wait for the next bytes. */
  readonly stallDeadline: Milliseconds
}

export function partialUploads({
  directory: root,
  clock,
  maxBytes,
  stallDeadline,
}: PartialUploadOptions): PartialUploads {
  const ofOwner = (owner: string): string => join(root, createHash('sha256').update(owner).digest('hex').slice(0, 32))
  const pathOf = (owner: string, digest: string): string => join(ofOwner(owner), digest)
  const busy = new Set<string>()
  return {
    path: pathOf,
    received: (owner, digest) => sizeOf(pathOf(owner, digest)),
    discard: (owner, digest) => rm(pathOf(owner, digest), { force: true }).catch(storageFailure),
    async append(owner, digest, piece) {
      const path = pathOf(owner, digest)
      if (piece.size > maxBytes)
        throw new CallerError(
          contentTooLarge,
          `${digest} is announced with ${piece.size} bytes; at most ${maxBytes} are taken.`,
        )
      if (busy.has(path)) throw new CallerError(uploadBusy, `${digest} is being sent already.`)
      busy.add(path)
      try {
        await mkdir(ofOwner(owner), { recursive: true, mode: 0o700 })
        await requireRoom(ofOwner(owner), path)
        return await appendTo(path, digest, piece, stallDeadline)
      } catch (error) {
        return storageFailure(error)
      } finally {
        busy.delete(path)
      }
    },
    sweep: () => sweep(root, clock.now() - keptFor),
  }
}

async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) =>
    error.code === 'ENOENT' ? null : storageFailure(error),
  )
  return found?.size ?? 0
}

async function requireRoom(directory: string, path: string): Promise<void> {
  const names = await readdir(directory)
  if (names.length >= perOwner && !names.some((name) => join(directory, name) === path))
    throw new CallerError(tooManyUploads, `There are ${names.length} unfinished uploads already.`)
}

async function appendTo(
  path: string,
  digest: string,
  { offset, content, size }: Piece,
  stallDeadline: Milliseconds,
): Promise<number> {
  const there = await sizeOf(path)
  if (there !== offset)
    throw new CallerError(
      uploadOffsetWrong,
      `${there} bytes of ${digest} are there; what was sent begins at ${offset}.`,
    )
  const file = await open(path, there === 0 ? 'w' : 'r+', 0o600)
  let end = offset
  try {
    for await (const bytes of uploadPieces(content, digest, stallDeadline)) {
      if (end + bytes.length > size)
        throw new CallerError(contentMismatch, `${digest} is longer than the ${size} bytes it was announced with.`)
      await writeAll(file, bytes, end)
      end += bytes.length
    }
    return end
  } finally {
    // Also of a piece that was cut: what came counts.
    await file.datasync().finally(() => file.close())
  }
}

/** One write may take only part of the bytes. */
async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let at = 0; at < bytes.length;)
    at += (await file.write(bytes, at, bytes.length - at, position + at)).bytesWritten
}

async function sweep(root: string, before: WallTime): Promise<number> {
  let removed = 0
  // What cannot be looked at is gone meanwhile, or is tried at the next sweep.
  for (const owner of await readdir(root).catch(() => [])) {
    const directory = join(root, owner)
    for (const name of await readdir(directory).catch(() => [])) {
      const found = await stat(join(directory, name)).catch(() => null)
      // The file system's clock against the hub's: a day is long enough for them to differ.
      if (found === null || found.mtimeMs > before) continue
      await rm(join(directory, name), { force: true })
      removed++
    }
  }
  return removed
}
