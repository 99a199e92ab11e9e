import type { KeyObject } from 'node:crypto'
import { asDatabaseError, connect, openDatabase, type Database } from '../database.ts'
import { CallerError, errorCode } from '../errors.ts'
import { migrate } from '../migrations.ts'
import { continueTransactionIds } from '../transaction-ids.ts'
import { within } from '../wait.ts'
import { loginsOf, urlOf, type LoginPart, type Logins } from './logins.ts'
import { raiseWalls } from './raise-walls.ts'

export const loginsRefused = errorCode(
  'database-logins-refused',
  409,
  'The hub cannot make or use its own logins at the database',
  'Let the user of DATABASE_URL own the database and create logins (ALTER ROLE … CREATEROLE), and let logins named sutler_… in by password (pg_hba.conf).',
)

export interface PreparedDatabase {
  /** Names of the migrations that were applied. */
  readonly applied: readonly string[]
  /** URL by login. */
  readonly urls: Readonly<Record<LoginPart, string>>
}

/**
 * Brings the database up to date as its owner, raises the walls, and goes: from then on the hub works with logins that own
 * nothing. @throws CallerError `database-newer`, `database-logins-refused`, OutsideError `migration-failed`, `database-unavailable`
 */
export async function prepareDatabase(
  ownerUrl: string,
  key: KeyObject,
  statementTimeout: number,
): Promise<PreparedDatabase> {
  const owner = openDatabase(ownerUrl, { connections: 1, statementTimeout })
  const logins = loginsOf(key)
  try {
    const applied = await migrate(owner)
    await owner.transaction(({ sql }) => continueTransactionIds(sql))
    await raise(owner, logins)
    const urls = Object.fromEntries(
      Object.entries(logins).map(([part, login]) => [part, urlOf(ownerUrl, login)]),
    ) as Record<LoginPart, string>
    for (const url of Object.values(urls)) await tryLogin(url)
    return { applied, urls }
  } finally {
    await owner.close()
  }
}

async function raise(owner: Database, logins: Logins): Promise<void> {
  try {
    await owner.transaction(({ sql }) => raiseWalls(sql, logins), { deadline: 600_000 })
  } catch (error) {
    const { code, message } = error as { code?: string; message: string }
    // SQLSTATE insufficient_privilege.
    if (code === '42501') throw new CallerError(loginsRefused, `PostgreSQL: ${message}.`, { cause: error })
    throw error
  }
}

async function tryLogin(url: string): Promise<void> {
  const sql = connect(url, { max: 1 })
  try {
    await within(sql`select 1`, 10_000, () => Object.assign(new Error('no answer'), { code: 'CONNECT_TIMEOUT' }))
  } catch (error) {
    const { code = '', message } = error as { code?: string; message: string }
    // SQLSTATE class 28: invalid authorization, 3D and 42501: not let into the database.
    if (/^(28|42501)/.test(code)) throw new CallerError(loginsRefused, `PostgreSQL: ${message}.`, { cause: error })
    throw asDatabaseError(error)
  } finally {
    await sql.end({ timeout: 1 })
  }
}
