import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { zstdCompress } from 'node:zlib'
import { promisify } from 'node:util'
import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { backupLock } from '../platform/backup-lock.ts'
import { asDatabaseError, type Sql } from '../platform/database.ts'
import { CallerError, OutsideError } from '../platform/errors.ts'
import { rememberBackup } from '../platform/last-backup.ts'
import { archiveWriter, type ArchiveWriter } from './archive.ts'
import { backupFailed, nothingToBackUp } from './codes.ts'
import { format, names, pieceBytes, type End, type Manifest } from './contents.ts'
import { destinationOf, pruneDirectory, writeTo } from './destination.ts'
import { encrypter, type Lock } from './encryption.ts'
import { withConnection, withHubsDatabase, type OwnerWorld } from './owner-database.ts'
import { copyStatement, readBlobDigests, readMigrations, readSequences, readTables } from './tables.ts'

export interface BackupRequest {
  /** File, directory, or `-`. */
  readonly to: string
  readonly lock: Lock
  /** Of a directory the newest so many are kept; null = all. */
  readonly keep: number | null
}

/** What was made. */
export interface Made {
  readonly file: string | null
  readonly madeAt: string
  readonly tables: number
  readonly rows: number
  readonly blobs: End['blobs']
  /** Files that the database knows of and the disk does not have. */
  readonly lacking: readonly string[]
  /** Older backups that were removed. */
  readonly removed: readonly string[]
}

const compress = promisify(zstdCompress)

/**
 * Backs up the hub with these settings, beside it while it runs: the database as it is at one moment, every file that it knows of, and
 * the keys. In memory are a few pieces of it.
 * @throws CallerError `nothing-to-back-up`, `backup-key-invalid`, `backup-exists`; OutsideError `backup-failed`
 */
export async function createBackup(world: OwnerWorld & { version: string }, request: BackupRequest): Promise<Made> {
  const madeAt = new Date(world.clock.now())
  const lock = await encrypter(request.lock)
  const destination = await destinationOf(request.to, madeAt)
  const writer = archiveWriter(madeAt)
  const writing = lock
    .encrypt(writer.bytes)
    .then((encrypted) => writeTo(destination, encrypted))
    .catch((error: Error) => {
      throw new OutsideError(backupFailed, `It cannot be written: ${error.message}.`, { cause: error })
    })
  const filling = fill(world, writer, madeAt).catch((error: unknown) => {
    writer.fail(error)
    throw error
  })
  // The one that failed first says why; the other one only that it was let down.
  const end = await Promise.all([filling, writing]).then(([done]) => done, asBackupError)
  await rememberBackup(world.config.dataDirectory, madeAt)
  const { directory, file } = destination
  const removed = directory === null || request.keep === null ? [] : await pruneDirectory(directory, request.keep)
  const rows = end.tables.reduce((sum, table) => sum + table.rows, 0)
  const { blobs, lacking, tables } = end
  return { file, madeAt: madeAt.toISOString(), tables: tables.length, rows, blobs, lacking, removed }
}

function asBackupError(error: unknown): never {
  // A file that is not there has the same code as a socket that is not there.
  const known = 'path' in (error as object) ? error : asDatabaseError(error)
  if (known instanceof CallerError || known instanceof OutsideError) throw known
  throw new OutsideError(backupFailed, (error as Error).message, { cause: error })
}

function fill(world: OwnerWorld & { version: string }, writer: ArchiveWriter, madeAt: Date): Promise<End> {
  return withHubsDatabase(world, (url) =>
    withConnection(url, async (sql) => {
      // Before the snapshot: no file that is in it may go until it has been copied.
      await sql`select pg_advisory_lock_shared(${backupLock})`
      const snapshot = 'isolation level repeatable read read only'
      const { digests, ...rows } = await sql.begin(snapshot, (tx) => copyDatabase(world, tx, writer, madeAt))
      const files = await copyBlobs(world, digests, writer)
      const end: End = { ...rows, ...files }
      await addDocument(writer, names.end, end)
      writer.finish()
      return end
    }),
  )
}

async function copyDatabase(
  { config, version }: OwnerWorld & { version: string },
  sql: Sql,
  writer: ArchiveWriter,
  madeAt: Date,
): Promise<Pick<End, 'tables' | 'sequences'> & { digests: string[] }> {
  const migrations = await readMigrations(sql)
  if (migrations.length === 0) throw new CallerError(nothingToBackUp, 'No hub has used this database yet.')
  const tables = await readTables(sql)
  const first: Manifest = { format, madeAt: madeAt.toISOString(), version, migrations, tables }
  await addDocument(writer, names.manifest, first)
  await addFile(writer, names.sealingKey, config.sealingKeyFile ?? join(config.dataDirectory, 'sealing.key'))
  // One that runs by itself keeps its keys where it wants; what is backed up there is its operator's.
  if (config.signerSocket === null)
    await addFile(writer, names.signerKeys, join(config.dataDirectory, 'signer', 'keys.json'))
  const copied: End['tables'] = []
  for (const table of tables) copied.push(await copyTable(sql, table, writer))
  return { tables: copied, sequences: await readSequences(sql), digests: await readBlobDigests(sql) }
}

async function copyTable(
  sql: Sql,
  table: Manifest['tables'][number],
  writer: ArchiveWriter,
): Promise<End['tables'][number]> {
  const hash = createHash('sha256')
  const total = { rows: 0, bytes: 0, pieces: 0 }
  const flush = async (piece: Buffer): Promise<void> => {
    const packed = await compress(piece)
    const number = String(++total.pieces).padStart(6, '0')
    await writer.add(`database/${table.name}/${number}.copy.zst`, packed.length, [packed])
  }
  let waiting: Buffer[] = []
  let size = 0
  const rows = (await sql.unsafe(copyStatement(table, 'to stdout')).readable()) as Readable
  for await (const chunk of rows as AsyncIterable<Buffer>) {
    // In the text format a line is a row: line ends within values are written `\n`.
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) total.rows++
    hash.update(chunk)
    waiting.push(chunk)
    size += chunk.length
    total.bytes += chunk.length
    if (size < pieceBytes) continue
    await flush(Buffer.concat(waiting))
    waiting = []
    size = 0
  }
  if (size > 0) await flush(Buffer.concat(waiting))
  return { name: table.name, rows: total.rows, bytes: total.bytes, sha256: hash.digest('hex') }
}

async function copyBlobs(
  { config, log }: OwnerWorld,
  digests: readonly string[],
  writer: ArchiveWriter,
): Promise<Pick<End, 'blobs' | 'lacking'>> {
  const lacking: string[] = []
  let bytes = 0
  for (const digest of digests) {
    const place = `${digest.slice(0, 2)}/${digest.slice(2)}`
    const path = join(config.dataDirectory, 'blobs', place)
    const found = await stat(path).catch(() => null)
    if (found === null) {
      log.warn({ digest }, 'a file that the database knows of is not there')
      lacking.push(digest)
      continue
    }
    await writer.add(`blobs/${place}`, found.size, createReadStream(path))
    bytes += found.size
  }
  return { blobs: { count: digests.length - lacking.length, bytes }, lacking }
}

function addDocument(writer: ArchiveWriter, name: string, document: Manifest | End): Promise<void> {
  const bytes = Buffer.from(`${JSON.stringify(document, null, 1)}\n`)
  return writer.add(name, bytes.length, [bytes])
}

async function addFile(writer: ArchiveWriter, name: string, path: string): Promise<void> {
  const bytes = await readFile(path)
  await writer.add(name, bytes.length, [bytes])
}
