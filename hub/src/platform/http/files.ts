import { open, type FileHandle } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { planFileAnswer } from '@sutler/http'
import { notFound } from '../access.ts'
import { CallerError, OutsideError, errorCode } from '../errors.ts'
import type { Log } from '../log.ts'
import { peerCertificate } from '../tls/peer-certificate.ts'
import type { Incoming } from './bindings.ts'
import { sendProblem } from './body.ts'
import { methodNotAllowed } from './codes.ts'
import { isUnexpected } from './problem.ts'
import { offeredDictionary } from './dictionary.ts'
import { RecentFiles } from './recent-files.ts'
import { BufferPool, sendRange, write, type SendOptions } from './send-file.ts'
import type { RawHandler } from './server.ts'

export const tooManyDownloads = errorCode(
  'too-many-downloads',
  503,
  'The hub sends as many files as it can at the moment',
  'Wait as long as Retry-After says, and resume with Range.',
)

export const fileUnreadable = errorCode(
  'file-unreadable',
  503,
  'A stored file cannot be read',
  'Look at the hub’s log and its disk; publish the version again if the file is lost.',
)

export interface StoredFile {
  readonly path: string
  /** Bytes. */
  readonly size: number
}

export interface FilesOptions extends SendOptions {
  readonly log: Log
  /** Files open for sending at once. */
  readonly openLimit: number
  /**
   * The file with this digest, if the link is good for it, and for whoever shows it. Digests are 64 lower-case hexadecimal digits.
   * @throws CallerError when it is not
   */
  authorise(manifest: string, digest: string, query: URLSearchParams, by: Fetcher): Promise<StoredFile>
  /** The patch to that file from another one, content coded `dcz`; null where there is none. Asked only for a good link. */
  patch(manifest: string, digest: string, from: string): Promise<Representation | null>
}

/** One of the forms of a file: itself, or a patch to it. */
interface Representation extends StoredFile {
  /** SHA-256 of exactly these bytes: the entity tag. */
  readonly digest: string
}

export interface Fetcher {
  /** The name in the certificate that was shown, if one was. */
  readonly shown: string | null
  /** To be called with the id of the decision that the answer rests on. */
  readonly tell: (decision: string) => void
}

const address = /^\/files\/([0-9a-f]{64})\/([0-9a-f]{64})(?:\?(.*))?$/
/** Up to this size a file is read at once, kept for those who ask next, and goes out with its head in one write. */
const smallSize = 64 * 1024
/** Bytes of small files kept in memory. */
const roomForSmall = 32 * 1024 * 1024

/**
 * `GET|HEAD /files/<manifest>/<digest>?<link>`: content by digest, with Range, for devices. Not through the router. Who has an older file
 * gets a patch, where there is one (RFC 9842): another representation, with a tag and ranges of its own.
 */
export function createFilesHandler(options: FilesOptions): RawHandler {
  const parts: Parts = { ...options, pool: new BufferPool(16), recent: new RecentFiles(roomForSmall) }
  let sending = 0
  const serve = async (incoming: Incoming, outgoing: ServerResponse): Promise<void> => {
    sending++
    try {
      if (sending > options.openLimit)
        throw new OutsideError(tooManyDownloads, `${options.openLimit} files are being sent.`)
      await serveFile(incoming, outgoing, parts)
    } catch (error) {
      if (isUnexpected(error))
        options.log.warn({ err: error, requestId: incoming.requestId }, 'a file could not be sent')
      if (outgoing.headersSent) outgoing.destroy()
      else sendProblem(incoming, outgoing, error, error instanceof OutsideError ? { 'retry-after': '2' } : {})
    } finally {
      sending--
    }
  }
  return (incoming, outgoing) => {
    if (!incoming.url?.startsWith('/files/')) return false
    void serve(incoming, outgoing)
    return true
  }
}

interface Parts extends FilesOptions {
  readonly pool: BufferPool
  readonly recent: RecentFiles
}

async function serveFile(incoming: Incoming, outgoing: ServerResponse, parts: Parts): Promise<void> {
  if (incoming.method !== 'HEAD' && incoming.method !== 'GET')
    throw new CallerError(methodNotAllowed, 'Files take GET and HEAD.')
  const match = address.exec(incoming.url ?? '')
  if (!match) throw new CallerError(notFound, 'The address is not /files/<manifest digest>/<digest>.')
  const digest = match[2]!
  const stored = await parts.authorise(match[1]!, digest, new URLSearchParams(match[3] ?? ''), {
    shown: peerCertificate(incoming.socket)?.name ?? null,
    tell: (decision) => (incoming.decision = decision),
  })
  const from = offeredDictionary(incoming.headers)
  const patch = from === null ? null : await parts.patch(match[1]!, digest, from)
  const coding = patch === null ? {} : { 'content-encoding': 'dcz' }
  await send(incoming, outgoing, patch ?? { ...stored, digest }, coding, parts)
}

async function send(
  incoming: Incoming,
  outgoing: ServerResponse,
  { digest, ...stored }: Representation,
  coding: Readonly<Record<string, string>>,
  parts: Parts,
): Promise<void> {
  const planned = planFileAnswer(incoming.headers, { etag: `"${digest}"`, size: stored.size }, headersOfFiles)
  // Of a 304 and a 416 nothing is coded.
  const plan = planned.range === null ? planned : { ...planned, headers: { ...planned.headers, ...coding } }
  if (incoming.method === 'HEAD' || plan.range === null || stored.size === 0) {
    outgoing.writeHead(plan.status, plan.headers)
    outgoing.end()
  } else if (stored.size <= smallSize) {
    const content = parts.recent.get(digest) ?? (await readSmall(stored, digest))
    parts.recent.keep(digest, content)
    outgoing.writeHead(plan.status, plan.headers)
    await write(outgoing, content.subarray(plan.range.start, plan.range.end + 1), parts, 'last')
  } else {
    const file = await openStored(stored, digest)
    try {
      outgoing.writeHead(plan.status, plan.headers)
      await sendRange(file, plan.range, outgoing, parts.pool, parts)
    } finally {
      await file.close()
    }
  }
}

const headersOfFiles = {
  always: {
    'cache-control': 'private, max-age=31536000, immutable',
    vary: 'accept-encoding, available-dictionary',
  },
  content: { 'content-type': 'application/octet-stream' },
}

async function openStored(stored: StoredFile, digest: string): Promise<FileHandle> {
  const file = await open(stored.path, 'r').catch((error: Error) => {
    throw new OutsideError(fileUnreadable, `${digest}: ${error.message}`, { cause: error })
  })
  const { size } = await file.stat()
  if (size === stored.size) return file
  await file.close()
  throw new OutsideError(fileUnreadable, `${digest} has ${size} bytes on disk instead of ${stored.size}.`)
}

async function readSmall(stored: StoredFile, digest: string): Promise<Buffer> {
  const file = await openStored(stored, digest)
  try {
    const content = Buffer.allocUnsafeSlow(stored.size)
    const { bytesRead } = await file.read(content, 0, stored.size, 0)
    if (bytesRead === stored.size) return content
    throw new OutsideError(fileUnreadable, `Only ${bytesRead} of ${stored.size} bytes of ${digest} could be read.`)
  } finally {
    await file.close()
  }
}
