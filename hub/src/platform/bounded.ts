import { asDatabaseError, databaseOverloaded, type Database, type Sql } from './database.ts'
import type { Milliseconds } from './clock.ts'
import { OutsideError } from './errors.ts'

/**
 * Reads within `time`: the server cancels a statement that takes longer.
 * @returns null when that was too short, so that less can be asked for
 */
export async function readWithin<T>(
  database: Database,
  time: Milliseconds,
  read: (sql: Sql) => Promise<T>,
): Promise<T | null> {
  try {
    return await database.transaction(async ({ sql }) => {
      await sql`select set_config('statement_timeout', ${String(time)}, true)`
      return await read(sql)
    })
  } catch (error) {
    if (isCancelled(asDatabaseError(error))) return null
    throw error
  }
}

/** SQLSTATE 57014: cancelled by the time-out. */
function isCancelled(error: unknown): boolean {
  if (!(error instanceof OutsideError) || error.code !== databaseOverloaded.code) return false
  return (error.cause as { code?: unknown } | undefined)?.code === '57014'
}
