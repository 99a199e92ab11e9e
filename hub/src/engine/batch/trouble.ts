import { asDatabaseError, databaseOverloaded, databaseUnavailable } from '../../platform/database.ts'
import { OutsideError } from '../../platform/errors.ts'
import { CreatedElsewhere } from './finish.ts'

/**
 * What an error in a batch means for what was to be taken:
 * - `race`: other transactions were in the way; the same again, at once, may well succeed;
 * - `database`: nobody could work now; all of it later;
 * - `outside`: something that a task needs is not to be had now; nothing is wrong with its instance, which waits, alone;
 * - `instance`: this step will not succeed however often it is tried; it is undone and the instance flagged.
 */
export type Trouble = 'race' | 'database' | 'outside' | 'instance'

/** SQLSTATE: serialization failure, deadlock, a transaction that idled too long. */
const races = new Set(['40001', '40P01', '25P03'])
/** SQLSTATE classes: connection, insufficient resources (disk, memory, connections), input and output. */
const resources = /^(08|53|58)/

export function troubleOf(error: unknown): Trouble {
  const known = asDatabaseError(error)
  const code = codeOf(error) ?? ''
  if (error instanceof CreatedElsewhere || races.has(code)) return 'race'
  if (!(known instanceof OutsideError)) return resources.test(code) ? 'database' : 'instance'
  const cause = codeOf(known.cause)
  if (cause !== undefined && races.has(cause)) return 'race'
  if (known.code === databaseUnavailable.code) return 'database'
  if (known.code !== databaseOverloaded.code) return 'outside'
  // Without a cause, the transaction as a whole took too long: the server may have gone silent.
  return cause === undefined || resources.test(cause) ? 'database' : 'outside'
}

function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null | undefined)?.code
  return typeof code === 'string' ? code : undefined
}
