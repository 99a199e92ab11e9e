import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { mainTenant } from './access.ts'
import { actAsHub } from './acting.ts'
import type { Database } from './database.ts'
import type { Doorbells } from './doorbells.ts'
import { appendEvents } from './events.ts'

/** Lies in a data directory from the end of a restore until a hub has told of it. */
export const restoreNoteFile = 'restored.json'

const restoreNote = z.object({
  /** Of this restore. */
  id: z.string(),
  /** Name of the backup's file, or `-`. */
  backup: z.string(),
  madeAt: z.string(),
  restoredAt: z.string(),
  /** Who ran it, as the operating system calls them. */
  by: z.string(),
})

export type RestoreNote = z.output<typeof restoreNote>

interface Teller {
  readonly dataDirectory: string
  readonly database: Database
  readonly doorbells: Doorbells
}

/**
 * Puts into the events, and with them into the audit, that all of this comes from a backup. Killed in between it is told twice, with the
 * same id, rather than never.
 */
export async function tellOfRestore({ dataDirectory, database, doorbells }: Teller): Promise<void> {
  const file = join(dataDirectory, restoreNoteFile)
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (text === null) return
  const { id: subject, ...data } = restoreNote.parse(JSON.parse(text))
  const event = { type: 'backup.restored', subject, tenant: mainTenant, household: null, data }
  await actAsHub(() => database.transaction((tx) => appendEvents(tx, doorbells, [event])))
  await rm(file)
}
