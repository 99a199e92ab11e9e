import { createWriteStream } from 'node:fs'
import { open, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { CallerError } from '../platform/errors.ts'
import { backupExists } from './codes.ts'

/** Where a backup goes: a file, a file of its own in a directory, or standard output. */
export interface Destination {
  /** Where it will be; null = standard output. */
  readonly file: string | null
  /** The directory that keeps several; null = it was named by file. */
  readonly directory: string | null
}

const inDirectory = /^sutler-\d{8}T\d{6}Z\.backup\.age$/

/** @throws CallerError `backup-exists` */
export async function destinationOf(to: string, madeAt: Date): Promise<Destination> {
  if (to === '-') return { file: null, directory: null }
  // Where nothing can be looked at, writing says why.
  const found = await stat(to).catch(() => null)
  if (found?.isDirectory()) {
    const time = madeAt.toISOString().replaceAll(/[-:]|\.\d+/g, '')
    return { file: join(to, `sutler-${time}.backup.age`), directory: to }
  }
  if (found) throw new CallerError(backupExists, `${to} exists.`)
  return { file: to, directory: null }
}

/** Whole under its name and durable when it resolves; else nothing is left. */
export async function writeTo({ file }: Destination, content: ReadableStream<Uint8Array>): Promise<void> {
  const source = Readable.fromWeb(content as never)
  if (file === null) return pipeline(source, process.stdout, { end: false })
  const draft = join(dirname(file), `.${basename(file)}.partial`)
  try {
    await pipeline(source, createWriteStream(draft, { mode: 0o600, flush: true }))
    await rename(draft, file)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
  const directory = await open(dirname(file), 'r')
  await directory.sync().finally(() => directory.close())
}

/** Removes all but the newest `keep` backups of a directory, and what a killed backup has left. @returns their names */
export async function pruneDirectory(directory: string, keep: number): Promise<string[]> {
  const names = await readdir(directory)
  // Their names are times, so they sort by age.
  const kept = names.filter((name) => inDirectory.test(name)).toSorted()
  const old = kept.slice(0, Math.max(0, kept.length - keep))
  for (const name of old) await rm(join(directory, name))
  return old
}
