import { basename, join } from 'node:path'
import { openBlobs, type Blobs } from '../platform/blobs.ts'
import { asDatabaseError, openDatabase, type Tx } from '../platform/database.ts'
import { CallerError, OutsideError } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { migrate } from '../platform/migrations.ts'
import { restoreNoteFile, type RestoreNote } from '../platform/restore-note.ts'
import { aheadOfAll } from '../signer/restored-keys.ts'
import { restoreFailed, restoreTargetInUse, backupDamaged } from './codes.ts'
import type { End, Manifest } from './contents.ts'
import type { Opener } from './encryption.ts'
import { Loading } from './load.ts'
import { withConnection, withEmbedded, type OwnerWorld } from './owner-database.ts'
import { readBackup, type BackupSink } from './read.ts'
import { brokenAudit, tablesInTheWay } from './tables.ts'
import { releaseTarget, takeTarget, writeDurably } from './target.ts'

export interface RestoreRequest {
  /** A file, or `-`. */
  readonly from: string
  readonly opener: Opener
  /** Who restores, as the operating system calls them. */
  readonly by: string
}

/** What was restored. */
export interface Restored {
  readonly madeAt: string
  readonly tables: number
  readonly rows: number
  readonly blobs: End['blobs']
  readonly lacking: readonly string[]
  /** Migrations that the hub has and the backup had not. */
  readonly applied: readonly string[]
}

/**
 * Restores a backup into a data directory that is empty, and a database that is. Until all of it is there and proved, no hub starts on it:
 * killed at any moment, it is run again.
 * @throws CallerError `restore-target-in-use`, `backup-unreadable`, `backup-key-wrong`, `backup-damaged`, `backup-newer`;
 *   OutsideError `restore-failed`
 */
export async function restoreBackup(world: OwnerWorld, request: RestoreRequest): Promise<Restored> {
  const { config } = world
  await takeTarget(world)
  try {
    const { databaseUrl } = config
    const work = (url: string) => restoreInto(world, url, request)
    const restored = databaseUrl === null ? await withEmbedded(world, work) : await work(databaseUrl)
    await leaveNote(world, request, restored)
    await releaseTarget(config)
    return restored
  } catch (error) {
    // A file that is not there has the same code as a socket that is not there.
    const known = 'path' in (error as object) ? error : asDatabaseError(error)
    if (known instanceof CallerError || known instanceof OutsideError) throw known
    throw new OutsideError(restoreFailed, (error as Error).message, { cause: error })
  }
}

/** For the hub that starts on it: it has the audit's key. */
async function leaveNote(
  { config, clock }: OwnerWorld,
  { from, by }: RestoreRequest,
  { madeAt }: Restored,
): Promise<void> {
  const now = clock.now()
  const note: RestoreNote = {
    id: newId('rst', now),
    backup: basename(from),
    madeAt,
    restoredAt: new Date(now).toISOString(),
    by,
  }
  await writeDurably(join(config.dataDirectory, restoreNoteFile), JSON.stringify(note))
}

async function restoreInto(world: OwnerWorld, url: string, { from, opener }: RestoreRequest): Promise<Restored> {
  let begun: Manifest | undefined
  const end = await withConnection(url, async (sql) => {
    const inTheWay = await tablesInTheWay(sql)
    if (inTheWay.length > 0)
      throw new CallerError(restoreTargetInUse, `The database has tables: ${inTheWay.join(', ')}.`)
    return sql.begin(async (tx) => {
      const sink = await sinkOf(world, tx)
      return readBackup(from, opener, {
        ...sink,
        begin(manifest) {
          begun = manifest
          return sink.begin(manifest)
        },
      })
    })
  })
  const applied = await bringUpToDate(world, url)
  const rows = end.tables.reduce((sum, table) => sum + table.rows, 0)
  const { blobs, lacking, tables } = end
  return { madeAt: begun!.madeAt, tables: tables.length, rows, blobs, lacking, applied }
}

async function sinkOf({ config, clock }: OwnerWorld, sql: Tx['sql']): Promise<BackupSink> {
  const { dataDirectory } = config
  const loading = new Loading(sql)
  const blobs: Blobs = await openBlobs({ dataDirectory, exclusive: true, stallDeadline: config.uploadStallDeadline })
  const places = {
    sealing: config.sealingKeyFile ?? join(dataDirectory, 'sealing.key'),
    signer: join(dataDirectory, 'signer', 'keys.json'),
  }
  return {
    begin: (manifest) => loading.begin(manifest),
    rows: (table, piece) => loading.rows(table, piece),
    end: (end) => loading.end(end),
    key: (name, bytes) =>
      writeDurably(places[name], name === 'signer' ? aheadOfAll(bytes, Math.floor(clock.now() / 1000)) : bytes),
    async blob(digest, size, content) {
      await blobs.put(digest, content, { maxBytes: Number.MAX_SAFE_INTEGER, size })
    },
  }
}

/** To this hub's own version, and looks whether the audit is what it was. */
async function bringUpToDate({ config }: OwnerWorld, url: string): Promise<string[]> {
  const { statementTimeout } = config
  const owner = openDatabase(url, { connections: 1, statementTimeout, schemas: ['public', 'registration'] })
  try {
    const applied = await migrate(owner)
    const broken = await owner.transaction(
      async ({ sql }) => {
        await sql`set local statement_timeout = 0`
        await sql`analyze`
        return brokenAudit(sql)
      },
      { deadline: 3_600_000 },
    )
    if (broken.length === 0) return applied
    const places = broken.map(({ chain, place }) => `row ${place} of chain ${chain}`)
    throw new CallerError(backupDamaged, `The audit in it had been altered: ${places.slice(0, 5).join(', ')}.`)
  } finally {
    await owner.close()
  }
}
