import { sql, type Kysely } from 'kysely'

/**
 * Ids of transactions that are stored go on where they were when the rows come to another server, whose own ids begin anew: what is
 * stored is the server's id and a shift, which the hub raises at its start where it has to (hub/src/platform/transaction-ids.ts).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create function platform_xact_shift() returns bigint language sql stable as 'select 0::bigint'`.execute(db)
  await sql`
    create function platform_xact() returns bigint language sql volatile as
    'select pg_current_xact_id()::text::bigint + public.platform_xact_shift()'`.execute(db)
  await sql`alter table platform_event alter column xact set default platform_xact()::text::xid8`.execute(db)
  await sql`alter table engine_history alter column xact set default platform_xact()`.execute(db)
  await sql`
    create or replace function platform_horizon() returns bigint language sql volatile security definer
    set search_path = pg_catalog, pg_temp as $$
      with next as materialized (select pg_snapshot_xmax(pg_current_snapshot())::text::bigint as id)
      select next.id - coalesce(max(running.distance) filter (where running.distance < 2147483648), 0)
        + public.platform_xact_shift()
      from next left join lateral (
        select (next.id - backend_xid::text::bigint) & 4294967295 as distance
        from pg_stat_activity where datname = current_database() and backend_xid is not null
      ) running on true
      group by next.id
    $$`.execute(db)
}
