import type { Sql } from './database.ts'

/**
 * The transaction id below which nothing can appear any more: every older transaction of this database has ended, and a
 * statement that begins after this one sees what it wrote. Not `pg_snapshot_xmin`: that would wait for the transactions of
 * all other databases of the same server as well.
 *
 * The next id to be given out is read with the statement's snapshot, the running transactions after that: one that is not
 * in the list, and has a lower id, has ended. `backend_xid` has 32 bits; it is compared by its distance to the next id, and
 * one that was given out since then (a negative distance) does not matter.
 */
export async function horizon(sql: Sql): Promise<string> {
  const [row] = await sql<{ horizon: string }[]>`
    with next as materialized (select pg_snapshot_xmax(pg_current_snapshot())::text::bigint as id)
    select (next.id - coalesce(max(running.distance) filter (where running.distance < 2147483648), 0))::text as horizon
    from next left join lateral (
      select (next.id - backend_xid::text::bigint) & 4294967295 as distance
      from pg_stat_activity where datname = current_database() and backend_xid is not null
    ) running on true
    group by next.id`
  return row!.horizon
}
