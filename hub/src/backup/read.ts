import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { zstdDecompress } from 'node:zlib'
import type { z } from 'zod'
import { CallerError } from '../platform/errors.ts'
import { unknownMigrations } from '../platform/migrations.ts'
import { entriesOf, type ArchiveEntry } from './archive.ts'
import { backupDamaged, backupNewer, backupUnreadable } from './codes.ts'
import {
  blobName,
  end as endSchema,
  manifest as manifestSchema,
  mostDocumentBytes,
  mostPieceBytes,
  names,
  rowsName,
  type End,
  type Manifest,
} from './contents.ts'
import { decrypted, type Opener } from './encryption.ts'

/** Takes what is in a backup, in its order. What it throws ends the reading. */
export interface BackupSink {
  begin(manifest: Manifest): Promise<void>
  key(name: 'sealing' | 'signer', bytes: Buffer): Promise<void>
  /** Rows of a table in PostgreSQL's text format, in pieces; a table's pieces follow one another. */
  rows(table: string, piece: Buffer): Promise<void>
  /** Reads `content` to its end. */
  blob(digest: string, size: number, content: AsyncIterable<Uint8Array>): Promise<void>
  /** All was there, and is what it was. */
  end(end: End): Promise<void>
}

const decompress = promisify(zstdDecompress)

/**
 * Reads a backup from its first to its last byte and proves it whole.
 * @param from a file, or `-` for standard input
 * @throws CallerError `backup-unreadable`, `backup-key-wrong`, `backup-damaged`, `backup-newer`; what the sink throws
 */
export async function readBackup(from: string, opener: Opener, sink: BackupSink): Promise<End> {
  const archive = await decrypted(await bytesOf(from), opener)
  const reading = new Reading(sink)
  for await (const entry of entriesOf(archive)) await reading.take(entry)
  return reading.finish()
}

async function bytesOf(from: string): Promise<ReadableStream<Uint8Array>> {
  if (from === '-') return Readable.toWeb(process.stdin) as ReadableStream<Uint8Array>
  const found = await stat(from).catch((error: Error) => error)
  if (found instanceof Error) throw new CallerError(backupUnreadable, `${from}: ${found.message}.`, { cause: found })
  if (!found.isFile()) throw new CallerError(backupUnreadable, `${from} is no file.`)
  return Readable.toWeb(createReadStream(from, { highWaterMark: 1024 * 1024 })) as ReadableStream<Uint8Array>
}

interface Read {
  readonly hash: Hash
  rows: number
  bytes: number
}

class Reading {
  readonly #sink: BackupSink
  readonly #tables = new Map<string, Read>()
  readonly #blobs = { count: 0, bytes: 0 }
  #manifest: Manifest | null = null
  #end: End | null = null

  constructor(sink: BackupSink) {
    this.#sink = sink
  }

  async take({ name, size, content }: ArchiveEntry): Promise<void> {
    if (this.#end !== null) throw damaged(`${name} comes after the end.`)
    if (this.#manifest === null && name !== names.manifest) throw damaged(`It begins with ${name}.`)
    const [, table] = rowsName.exec(name) ?? []
    const [, prefix, rest] = blobName.exec(name) ?? []
    if (table !== undefined) return this.#rows(table, await bytesIn(content, name, mostPieceBytes))
    if (prefix !== undefined && rest !== undefined) return this.#blob(prefix + rest, size, content)
    const bytes = await bytesIn(content, name, mostDocumentBytes)
    if (name === names.manifest) return this.#begin(document(bytes, name, manifestSchema))
    if (name === names.sealingKey) return this.#sink.key('sealing', bytes)
    if (name === names.signerKeys) return this.#sink.key('signer', bytes)
    if (name !== names.end) throw damaged(`It has ${name}, which no hub writes.`)
    this.#end = document(bytes, name, endSchema)
  }

  async finish(): Promise<End> {
    if (this.#end === null || this.#manifest === null) throw damaged('It has no end.')
    for (const { name, rows, bytes, sha256 } of this.#end.tables) {
      const read = this.#tables.get(name) ?? { hash: createHash('sha256'), rows: 0, bytes: 0 }
      if (read.rows !== rows || read.bytes !== bytes || read.hash.digest('hex') !== sha256)
        throw damaged(`The rows of ${name} are not those that were written: ${read.rows} of ${rows}.`)
    }
    const { count, bytes } = this.#end.blobs
    if (this.#blobs.count !== count || this.#blobs.bytes !== bytes)
      throw damaged(`It has ${this.#blobs.count} files of ${count}.`)
    await this.#sink.end(this.#end)
    return this.#end
  }

  async #begin(manifest: Manifest): Promise<void> {
    if (this.#manifest !== null) throw damaged('It begins twice.')
    const unknown = await unknownMigrations(manifest.migrations)
    if (unknown.length > 0)
      throw new CallerError(
        backupNewer,
        `Version ${manifest.version} made it; this one does not know ${unknown.slice(0, 3).join(', ')}.`,
      )
    this.#manifest = manifest
    for (const { name } of manifest.tables) this.#tables.set(name, { hash: createHash('sha256'), rows: 0, bytes: 0 })
    await this.#sink.begin(manifest)
  }

  async #rows(table: string, packed: Buffer): Promise<void> {
    const read = this.#tables.get(table)
    if (read === undefined) throw damaged(`It has rows of ${table}, which it does not list.`)
    const piece = await decompress(packed, { maxOutputLength: mostPieceBytes }).catch((error: Error) => {
      throw damaged(`Rows of ${table} cannot be unpacked: ${error.message}.`)
    })
    for (let at = piece.indexOf(10); at !== -1; at = piece.indexOf(10, at + 1)) read.rows++
    read.hash.update(piece)
    read.bytes += piece.length
    await this.#sink.rows(table, piece)
  }

  async #blob(digest: string, size: number, content: AsyncIterable<Uint8Array>): Promise<void> {
    const hash = createHash('sha256')
    await this.#sink.blob(digest, size, through(content, hash))
    if (hash.digest('hex') !== digest) throw damaged(`File ${digest} is not what its digest says.`)
    this.#blobs.count++
    this.#blobs.bytes += size
  }
}

async function* through(content: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const piece of content) {
    hash.update(piece)
    yield piece
  }
}

async function bytesIn(content: AsyncIterable<Uint8Array>, name: string, most: number): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of content) {
    size += piece.length
    if (size > most) throw damaged(`${name} is longer than ${most} bytes.`)
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

function document<T>(bytes: Buffer, name: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(bytes.toString('utf8')))
  } catch (error) {
    throw damaged(`${name} is not what a hub writes: ${(error as Error).message}`)
  }
}

function damaged(detail: string): CallerError {
  return new CallerError(backupDamaged, detail)
}
