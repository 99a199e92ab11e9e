import type { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import type { Sql } from '../platform/database.ts'
import type { Tx } from '../platform/database.ts'
import { CallerError, OutsideError } from '../platform/errors.ts'
import { migrateThrough } from '../platform/migrations.ts'
import { backupDamaged, restoreFailed } from './codes.ts'
import type { End, Manifest } from './contents.ts'
import { copyStatement, dropForeignKeys, emptyTables, readTables, setSequences, silenceTriggers } from './tables.ts'

/**
 * Puts rows into an empty database, all in the caller's transaction: first the tables, as the migrations of the backup make them, then
 * row by row, without the triggers, then the references between them.
 */
export class Loading {
  readonly #sql: Tx['sql']
  #manifest: Manifest | null = null
  /** What puts back what was taken away for the time. */
  #afterwards: readonly string[] = []
  #copying: { readonly table: string; readonly rows: Writable; readonly done: Promise<void> } | null = null

  constructor(sql: Tx['sql']) {
    this.#sql = sql
  }

  async begin(manifest: Manifest): Promise<void> {
    await migrateThrough(this.#sql, manifest.migrations)
    await expectTables(this.#sql, manifest)
    this.#afterwards = [...(await dropForeignKeys(this.#sql)), ...(await silenceTriggers(this.#sql))]
    await emptyTables(this.#sql, manifest.tables)
    this.#manifest = manifest
  }

  async rows(table: string, piece: Buffer): Promise<void> {
    if (this.#copying?.table !== table) {
      await this.#endTable()
      const found = this.#manifest?.tables.find(({ name }) => name === table)
      if (found === undefined) throw new CallerError(backupDamaged, `It has rows of ${table} before its beginning.`)
      const rows = (await this.#sql.unsafe(copyStatement(found, 'from stdin')).writable()) as Writable
      const done = finished(rows)
      // Looked at when the table ends.
      done.catch(() => {})
      this.#copying = { table, rows, done }
    }
    const { rows, done } = this.#copying!
    await Promise.race([new Promise<void>((taken) => rows.write(piece, () => taken())), done])
  }

  async end({ sequences }: End): Promise<void> {
    await this.#endTable()
    for (const statement of this.#afterwards) await this.#sql.unsafe(statement)
    await setSequences(this.#sql, sequences)
  }

  async #endTable(): Promise<void> {
    if (this.#copying === null) return
    const { rows, done, table } = this.#copying
    this.#copying = null
    rows.end()
    await done.catch((error: unknown) => {
      throw new OutsideError(restoreFailed, `Rows of ${table}: ${(error as Error).message}.`, { cause: error })
    })
  }
}

async function expectTables(sql: Sql, manifest: Manifest): Promise<void> {
  const here = new Map((await readTables(sql)).map(({ name, columns }) => [name, columns.join()]))
  const other = manifest.tables.find(({ name, columns }) => here.get(name) !== columns.join())
  if (other !== undefined || here.size !== manifest.tables.length)
    throw new CallerError(
      backupDamaged,
      `Its tables are not those that its migrations make: ${other?.name ?? 'one is missing'}.`,
    )
}
