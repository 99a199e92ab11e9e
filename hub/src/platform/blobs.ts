import { createHash, randomBytes } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Milliseconds } from './clock.ts'
import { CallerError, InvariantError, OutsideError, errorCode } from './errors.ts'
import { within } from './wait.ts'

export const contentMismatch = errorCode(
  'content-mismatch',
  422,
  'The content is not what its digest says',
  'Compute the SHA-256 of the file again and send the whole file; a proxy may have cut or changed it.',
)

export const contentTooLarge = errorCode(
  'content-too-large',
  413,
  'The file is larger than is taken here',
  'Send a smaller file, or ask the operator for a higher limit.',
)

export const uploadStalled = errorCode(
  'upload-stalled',
  408,
  'The upload stopped in the middle',
  'Send the file again; files that had arrived whole need not be sent again.',
)

export const storageFailed = errorCode(
  'storage-failed',
  503,
  'The hub cannot store files at the moment',
  'Make room on the disk of the data directory, then send the file again: one that is sent in pieces goes on where it stopped.',
)

export interface Blob {
  readonly path: string
  /** Bytes. */
  readonly size: number
}

export interface PutLimits {
  readonly maxBytes: number
  /** The content's size where it is known: anything else is refused. */
  readonly size?: number
}

/** Files by SHA-256 (64 lower-case hexadecimal digits), on disk. What is there is whole, and never changes. */
export interface Blobs {
  /** For beginnings of files: on the same disk, and there again after a restart. */
  readonly partialDirectory: string
  /**
   * Stores `content` under its digest; does not read it if that is there already. Durable when it resolves.
   * @throws CallerError `content-mismatch`, `content-too-large`, `upload-stalled`; OutsideError `storage-failed`
   */
  put(digest: string, content: AsyncIterable<Uint8Array>, limits: PutLimits): Promise<Blob>
  /**
   * Moves a file that lies on the same disk to its place, once size and digest are proved; one that is something else is removed.
   * Durable when it resolves. @throws CallerError `content-mismatch`; OutsideError `storage-failed`
   */
  adopt(digest: string, file: string, size: number): Promise<Blob>
  /** Sizes in bytes of those of `digests` that are there. */
  sizes(digests: readonly string[]): Promise<Map<string, number>>
  stat(digest: string): Promise<Blob | null>
  /** The caller closes it. @throws OutsideError `storage-failed` when it is not there */
  open(digest: string): Promise<FileHandle>
  /** Without effect when it is not there. Whoever reads it at the moment reads on to its end. */
  remove(digest: string): Promise<void>
  /** Sizes in bytes, by digest, of all whose digest begins with these two digits. */
  list(prefix: string): Promise<Map<string, number>>
}

export interface BlobOptions {
  readonly dataDirectory: string
  /** No other hub writes here: what an earlier one left half done is removed at once. Else only after an hour. */
  readonly exclusive: boolean
  /** How long to wait for the next piece of an upload. */
  readonly stallDeadline: Milliseconds
}

const digestPattern = /^[0-9a-f]{64}$/
const abandonedAfter = 3_600_000
const concurrentLookups = 64

/** Opens the store under `<data>/blobs`, making it if it is not there. @throws OutsideError `storage-failed` */
export async function openBlobs(options: BlobOptions): Promise<Blobs> {
  const root = join(options.dataDirectory, 'blobs')
  const drafts = join(root, 'incoming')
  await mkdir(drafts, { recursive: true, mode: 0o700 }).catch(storageFailure)
  await removeDrafts(drafts, options.exclusive)
  const pathOf = (digest: string): string => {
    if (!digestPattern.test(digest)) throw new InvariantError(`${digest} is not a digest`)
    return join(root, digest.slice(0, 2), digest.slice(2))
  }
  const lookUp = async (digest: string): Promise<Blob | null> => {
    const path = pathOf(digest)
    const found = await stat(path).catch((error: NodeJS.ErrnoException) =>
      error.code === 'ENOENT' ? null : storageFailure(error),
    )
    return found && { path, size: found.size }
  }
  return {
    partialDirectory: join(root, 'partial'),
    stat: lookUp,
    async put(digest, content, limits) {
      const present = await lookUp(digest)
      if (present) return present
      const path = pathOf(digest)
      const draft = join(drafts, randomBytes(8).toString('hex'))
      try {
        const size = await writeDraft(draft, digest, content, limits, options.stallDeadline)
        await settle(draft, path)
        return { path, size }
      } catch (error) {
        await rm(draft, { force: true })
        return storageFailure(error)
      }
    },
    async adopt(digest, file, size) {
      const path = pathOf(digest)
      try {
        await proveFile(file, digest, size)
        await settle(file, path)
        return { path, size }
      } catch (error) {
        if (error instanceof CallerError) await rm(file, { force: true })
        return storageFailure(error)
      }
    },
    sizes: (digests) => sizesOf(digests, lookUp),
    open: (digest) => open(pathOf(digest), 'r').catch(storageFailure),
    remove: (digest) => rm(pathOf(digest), { force: true }).catch(storageFailure),
    async list(prefix) {
      const names = await readdir(join(root, prefix)).catch((error: NodeJS.ErrnoException) =>
        error.code === 'ENOENT' ? [] : storageFailure(error),
      )
      const digests = names.map((name) => prefix + name).filter((digest) => digestPattern.test(digest))
      return sizesOf(digests, lookUp)
    },
  }
}

async function sizesOf(
  digests: readonly string[],
  lookUp: (digest: string) => Promise<Blob | null>,
): Promise<Map<string, number>> {
  const sizes = new Map<string, number>()
  for (let i = 0; i < digests.length; i += concurrentLookups) {
    const some = digests.slice(i, i + concurrentLookups)
    const found = await Promise.all(some.map(lookUp))
    for (const [index, blob] of found.entries()) if (blob) sizes.set(some[index]!, blob.size)
  }
  return sizes
}

/** Writes and syncs the content to a file of its own; returns its size once size and digest are proved. */
async function writeDraft(
  draft: string,
  digest: string,
  content: AsyncIterable<Uint8Array>,
  limits: PutLimits,
  stallDeadline: Milliseconds,
): Promise<number> {
  const hash = createHash('sha256')
  const most = Math.min(limits.maxBytes, limits.size ?? Infinity)
  let size = 0
  const file = await open(draft, 'wx', 0o600)
  try {
    for await (const piece of uploadPieces(content, digest, stallDeadline)) {
      size += piece.length
      if (size > most) throw tooLong(digest, limits)
      hash.update(piece)
      // One write may take only part of a piece.
      for (let at = 0; at < piece.length;) at += (await file.write(piece, at)).bytesWritten
    }
    const actual = hash.digest('hex')
    if (actual !== digest || (limits.size !== undefined && size !== limits.size)) {
      throw new CallerError(contentMismatch, `${size} bytes with digest ${actual} arrived as ${digest}.`)
    }
    await file.sync()
    return size
  } finally {
    await file.close()
  }
}

/** @throws CallerError `content-mismatch` */
async function proveFile(path: string, digest: string, size: number): Promise<void> {
  const hash = createHash('sha256')
  const file = await open(path, 'r')
  let read = 0
  try {
    for await (const piece of file.createReadStream({ autoClose: false, highWaterMark: 1_048_576 })) {
      hash.update(piece as Buffer)
      read += (piece as Buffer).length
    }
    const actual = hash.digest('hex')
    if (actual !== digest || read !== size)
      throw new CallerError(contentMismatch, `${read} bytes with digest ${actual} arrived as ${digest}.`)
    await file.sync()
  } finally {
    await file.close()
  }
}

function tooLong(digest: string, limits: PutLimits): CallerError {
  if (limits.size !== undefined && limits.size <= limits.maxBytes) {
    return new CallerError(contentMismatch, `${digest} is longer than the ${limits.size} bytes it was announced with.`)
  }
  return new CallerError(contentTooLarge, `${digest} is longer than ${limits.maxBytes} bytes.`)
}

/** The content's pieces, each within the deadline. @throws CallerError `upload-stalled`, also when the sender goes away */
export async function* uploadPieces(
  content: AsyncIterable<Uint8Array>,
  digest: string,
  stallDeadline: Milliseconds,
): AsyncGenerator<Uint8Array> {
  const iterator = content[Symbol.asyncIterator]()
  const stalled = (why: string, cause?: unknown): CallerError =>
    new CallerError(uploadStalled, `${digest}: ${why}.`, cause === undefined ? {} : { cause })
  try {
    for (;;) {
      const next = await within(iterator.next(), stallDeadline, () =>
        stalled(`nothing came for ${stallDeadline / 1000} s`),
      ).catch((error: unknown) => {
        throw error instanceof CallerError ? error : stalled((error as Error).message, error)
      })
      if (next.done) return
      yield next.value
    }
  } finally {
    // Not awaited: a source that hangs would hang here too.
    void iterator.return?.().catch(() => {})
  }
}

/** Gives the draft its name, durably: the directory is synced too, and its own parent if it is new. */
async function settle(draft: string, path: string): Promise<void> {
  const directory = dirname(path)
  const made = await mkdir(directory, { recursive: true, mode: 0o700 })
  await rename(draft, path)
  await syncDirectory(directory)
  if (made !== undefined) await syncDirectory(dirname(directory))
}

async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function removeDrafts(drafts: string, exclusive: boolean): Promise<void> {
  // The file system's clock against itself: a probe file says what time it thinks it is.
  const probe = join(drafts, randomBytes(8).toString('hex'))
  await (await open(probe, 'wx').catch(storageFailure)).close()
  const { mtimeMs: now } = await stat(probe)
  for (const name of await readdir(drafts)) {
    const path = join(drafts, name)
    // Gone already: another hub tidies up, too.
    const found = await stat(path).catch(() => null)
    if (path === probe || exclusive || (found && now - found.mtimeMs > abandonedAfter)) await rm(path, { force: true })
  }
}

/** Errors of the file system become `storage-failed`; ours pass. */
export function storageFailure(error: unknown): never {
  const { code, message } = error as NodeJS.ErrnoException
  if (error instanceof CallerError || error instanceof OutsideError || error instanceof InvariantError || !code)
    throw error
  throw new OutsideError(storageFailed, message, { cause: error })
}
