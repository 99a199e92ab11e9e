import { sql, type Kysely } from 'kysely'

/** What operators see and do: authors' texts, steps in the order of their commits, tasks to be retried, moves between versions. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table engine_model add column text text, add column published_by text`.execute(db)
  await followable(db)
  // A queue that is empty now and full a second later: to shrink its file locks it, and makes plans for an empty table.
  await sql`alter table engine_mailbox set (vacuum_truncate = off)`.execute(db)
  // What an ended task would have told, of one that failed and waits for a person to retry or skip it.
  await sql`alter table engine_task add column running json`.execute(db)
  // Never changes, so that updates stay heap-only; only subinstances are in it.
  await sql`create index engine_instance_parent on engine_instance (parent, model, id) where parent is not null`.execute(
    db,
  )
  await migrations(db)
}

/** Each entry says in which transaction it was written: readers follow them as docs/decisions/0004 says. */
async function followable(db: Kysely<unknown>): Promise<void> {
  // In two steps: entries there are keep null and are not rewritten.
  await sql`alter table engine_history add column xact bigint`.execute(db)
  await sql`alter table engine_history alter column xact set default pg_current_xact_id()::text::bigint`.execute(db)
  await sql`drop index engine_history_at`.execute(db)
  // Summarised as it grows: what is not has to be read whole.
  await sql`
    create index engine_history_at on engine_history using brin (at, xact)
    with (pages_per_range = 32, autosummarize = on)`.execute(db)
}

/** Moves of running instances to another version; times in milliseconds since the epoch. */
async function migrations(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table engine_migration (
      id text primary key,
      model text not null,
      from_version text not null,
      to_version text not null,
      states json not null,
      instances json,
      reason text not null,
      started_by text not null,
      state text not null,
      position text not null default '',
      moved int not null default 0,
      refused int not null default 0,
      lease text,
      leased_until bigint not null default 0,
      created_at bigint not null,
      ended_at bigint
    )`.execute(db)
  await sql`create index engine_migration_model on engine_migration (model, id)`.execute(db)
  await sql`create index engine_migration_running on engine_migration (created_at) where state = 'running'`.execute(db)
  await sql`
    create table engine_migration_refusal (
      migration text not null references engine_migration on delete cascade,
      instance text not null,
      reasons json not null,
      primary key (migration, instance)
    )`.execute(db)
}
