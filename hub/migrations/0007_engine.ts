import { sql, type Kysely } from 'kysely'

/**
 * Durable execution of instances (hub/src/engine). Hot tables carry no foreign keys and no index on a changing column, so that
 * the marking's updates stay heap-only; times that are compared are whole milliseconds since the epoch.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await models(db)
  await instances(db)
  await history(db)
  await work(db)
}

async function models(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table engine_model (
      seq bigint generated always as identity unique,
      name text not null,
      version text not null,
      digest text not null,
      document jsonb not null,
      published_at timestamptz not null default now(),
      primary key (name, version)
    )`.execute(db)
  await sql`create table engine_shared (model text primary key, data jsonb not null)`.execute(db)
}

async function instances(db: Kysely<unknown>): Promise<void> {
  // A hub takes keys by the thousand, so that it knows them before it inserts.
  await sql`create sequence engine_instance_key as bigint increment by 1024 start with 1024`.execute(db)
  await sql`
    create table engine_instance (
      key bigint primary key,
      model text not null,
      id text not null,
      version text not null,
      parent text,
      parent_as text,
      depth int not null,
      call jsonb not null,
      states text[] not null,
      data jsonb not null,
      pending jsonb not null,
      steps int not null,
      entries int not null,
      done boolean not null,
      attention text,
      created_at timestamptz not null,
      changed_at timestamptz not null
    ) with (fillfactor = 70)`.execute(db)
  await sql`create unique index engine_instance_url on engine_instance (model, id)`.execute(db)
  await sql`create index engine_instance_attention on engine_instance (model, id) where attention is not null`.execute(
    db,
  )
}

async function history(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table engine_history (
      instance bigint not null,
      entry int not null,
      step int not null,
      at timestamptz not null,
      signal_id text not null,
      type text not null,
      sender text not null,
      outcome text not null,
      reason text,
      detail text,
      fired text[] not null,
      states text[] not null,
      args jsonb not null,
      data jsonb,
      effects jsonb,
      done boolean not null,
      dedup text,
      primary key (instance, entry)
    )`.execute(db)
  // Only ids that came from outside can come twice; those the engine makes are unique by construction.
  await sql`
    create unique index engine_history_dedup on engine_history (instance, dedup) where dedup is not null`.execute(db)
  await sql`create index engine_history_at on engine_history using brin (at)`.execute(db)
}

async function work(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table engine_mailbox (
      seq bigint generated always as identity primary key,
      instance bigint not null,
      at bigint not null,
      item jsonb not null
    ) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000)`.execute(db)
  await sql`create index engine_mailbox_instance on engine_mailbox (instance, seq)`.execute(db)
  // One row per instance that sleeps: when its earliest delayed signal is due. The signals themselves are in its row.
  await sql`create table engine_timer (instance bigint primary key, due bigint not null)`.execute(db)
  await sql`create index engine_timer_due on engine_timer (due)`.execute(db)
  await sql`
    create table engine_task (
      instance bigint not null,
      key text not null,
      task text not null,
      args jsonb not null,
      policy jsonb not null,
      attempt int not null default 0,
      due bigint not null,
      lease text,
      error text,
      primary key (instance, key)
    )`.execute(db)
  await sql`create index engine_task_due on engine_task (due)`.execute(db)
}
