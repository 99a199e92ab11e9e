import { instances } from './population.ts'
import type { BenchServer } from './server.ts'

/** The tables of pgbench's statement, and twins of the engine's own for the raw multi-row statements. */
export async function createPeerTables({ database: { sql } }: BenchServer): Promise<void> {
  await sql`create table bench_dedup (instance bigint, signal_id text, primary key (instance, signal_id))`
  await sql`create table bench_state (
    key bigint primary key, model text, id text, version text, call json, states json, data json, pending json, steps int,
    entries int, created_at bigint, changed_at bigint) with (fillfactor = 70)`
  await sql`create table bench_history (
    instance bigint, entry int, at bigint, type text, body json, primary key (instance, entry))`
  await sql`insert into bench_state
    select n, 'counter', 'c' || n, '1.0.0', '{}', '["on"]', '{"n":0}', '{}', 0, 0, 0, 0
    from generate_series(1, ${instances}::int) n`
  for (const table of ['instance', 'history']) {
    await sql.unsafe(`create table bench_raw_${table} (like engine_${table} including all)`)
    await sql.unsafe(`do $$ begin
      execute (select 'alter table bench_raw_${table} set (' || array_to_string(reloptions, ', ') || ')'
        from pg_class where oid = 'engine_${table}'::regclass and reloptions is not null);
      exception when null_value_not_allowed then null; end $$`)
  }
  await sql`insert into bench_raw_instance
      (key, model, id, version, depth, call, states, data, pending, steps, entries, created_at, changed_at)
    select n, 'counter', 'c' || n, '1.0.0', 0, '{}', '["on"]', '{"n":0}', '{}', 0, 0, 0, 0
    from generate_series(1, ${instances}::int) n`
  await sql`vacuum analyze bench_state, bench_raw_instance`
}
