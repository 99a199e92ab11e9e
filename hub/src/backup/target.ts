import { mkdir, open, readdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { Config } from '../config.ts'
import { CallerError } from '../platform/errors.ts'
import { hasRestoreMark, restoreMark } from '../platform/unfinished-restore.ts'
import { restoreTargetInUse } from './codes.ts'
import { withEmbedded, type OwnerWorld } from './owner-database.ts'

/** The data directory that a backup is restored into. */

/**
 * Makes it, with the mark in it that keeps a hub from starting on it. What an earlier restore has left there is cleared.
 * @throws CallerError `restore-target-in-use` when it holds anything else
 */
export async function takeTarget(world: OwnerWorld): Promise<void> {
  const { dataDirectory, sealingKeyFile } = world.config
  if (await hasRestoreMark(dataDirectory)) await clearTarget(world)
  const found = await readdir(dataDirectory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  if (found.length > 0) {
    throw new CallerError(
      restoreTargetInUse,
      `${resolve(dataDirectory)} is not empty: it has ${found.slice(0, 3).join(', ')}.`,
    )
  }
  if (sealingKeyFile !== null && (await isFile(sealingKeyFile)))
    throw new CallerError(restoreTargetInUse, `${sealingKeyFile} exists; the backup brings a sealing key of its own.`)
  await mkdir(dataDirectory, { recursive: true, mode: 0o700 })
  await writeDurably(join(dataDirectory, restoreMark), 'A restore is under way, or was interrupted: run it again.\n')
}

/** From here on a hub may start. */
export async function releaseTarget({ dataDirectory }: Config): Promise<void> {
  await rm(join(dataDirectory, restoreMark))
  await syncDirectory(dataDirectory)
}

/** A whole file or none, readable by its owner only. */
export async function writeDurably(path: string, content: string | Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await writeFile(path, content, { mode: 0o600, flush: true })
  await syncDirectory(dirname(path))
}

/** Everything but the mark, and that last: clearing, too, may be interrupted. */
async function clearTarget(world: OwnerWorld): Promise<void> {
  const { dataDirectory, databaseUrl, sealingKeyFile } = world.config
  const found = await readdir(dataDirectory)
  // A server that was left running would write into what is removed.
  if (databaseUrl === null && found.includes('postgres')) await withEmbedded(world, async () => {})
  for (const name of found.filter((each) => each !== restoreMark))
    await rm(join(dataDirectory, name), { recursive: true, force: true })
  if (sealingKeyFile !== null) await rm(sealingKeyFile, { force: true })
  await rm(join(dataDirectory, restoreMark))
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r')
  await directory.sync().finally(() => directory.close())
}

function isFile(path: string): Promise<boolean> {
  return open(path, 'r').then(
    (file) => file.close().then(() => true),
    () => false,
  )
}
