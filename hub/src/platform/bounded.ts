import { asDatabaseError, databaseOverloaded, type Database, type Sql } from './database.ts'
import type { Milliseconds } from './clock.ts'
import { OutsideError } from './errors.ts'

/**
 * Reads within `time`: the server cancels a statement that takes longer. `byIndex`: no table is read whole, whatever the server
 * thinks of its size, and rows of another are looked up one by one.
 * @returns null when that was too short, so that less can be asked for
 */
export async function readWithin<T>(
  database: Database,
  time: Milliseconds,
  read: (sql: Sql) => Promise<T>,
  { byIndex = false } = {},
): Promise<T | null> {
  const whole = byIndex ? 'off' : 'on'
  try {
    return await database.transaction(async ({ sql }) => {
      // Sent in one flight with what is read.
      const set = sql`
        select set_config('statement_timeout', ${String(time)}, true), set_config('enable_seqscan', ${whole}, true),
          set_config('enable_hashjoin', ${whole}, true), set_config('enable_mergejoin', ${whole}, true)`.execute()
      const [, result] = await Promise.all([set, read(sql)])
      return result
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
