import type { Sql } from './database.ts'

/**
 * The transaction id below which nothing can appear any more: every older transaction of this database has ended, and a
 * statement that begins after this one sees what it wrote. Not `pg_snapshot_xmin`: that would wait for the transactions of
 * all other databases of the same server as well.
 *
 * The next id to be given out is read with the statement's snapshot, the running transactions after that: one that is not
 * in the list, and has a lower id, has ended. `backend_xid` has 32 bits; it is compared by its distance to the next id, and
 * one that was given out since then (a negative distance) does not matter. A function of the owner's does it, who sees what
 * all the hub's logins do: hub/migrations/0101_platform_as_owner.ts. Ids are those of `platform_xact()`, as stored (0430).
 */
export async function horizon(sql: Sql): Promise<string> {
  const [row] = await sql<{ horizon: string }[]>`select platform_horizon()::text as horizon`
  return row!.horizon
}
