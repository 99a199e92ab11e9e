import { sql, type Kysely } from 'kysely'

/** What only the tables' owner can do, for logins that own nothing: each function does this one thing. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // hub/src/platform/horizon.ts tells how it works. Other logins' transactions are hidden from a login, not from the owner.
  await sql`
    create function platform_horizon() returns bigint language sql volatile security definer
    set search_path = pg_catalog, pg_temp as $$
      with next as materialized (select pg_snapshot_xmax(pg_current_snapshot())::text::bigint as id)
      select next.id - coalesce(max(running.distance) filter (where running.distance < 2147483648), 0)
      from next left join lateral (
        select (next.id - backend_xid::text::bigint) & 4294967295 as distance
        from pg_stat_activity where datname = current_database() and backend_xid is not null
      ) running on true
      group by next.id
    $$`.execute(db)
  await sql`
    create function engine_summarise_history() returns void language sql volatile security definer
    set search_path = pg_catalog, pg_temp as $$
      select brin_summarize_new_values('public.engine_history_at')
    $$`.execute(db)
}
