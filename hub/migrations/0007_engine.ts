import { sql, type Kysely } from 'kysely'

/**
 * Durable execution of instances (hub/src/engine). Hot tables carry no foreign keys and no index on a changing column, so that
 * the marking's updates stay heap-only; times that are compared are whole milliseconds since the epoch. Documents are json, not
 * jsonb: the engine reads them whole, the order of keys has a meaning, and text need not be taken apart to be stored.
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
      document json not null,
      published_at timestamptz not null default now(),
      primary key (name, version)
    )`.execute(db)
  await sql`create table engine_shared (model text primary key, data json not null)`.execute(db)
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
      call json not null,
      states json not null,
      data json not null,
      pending json not null,
      steps int not null,
      entries int not null,
      attention text,
      created_at bigint not null,
      changed_at bigint not null,
      ended_at bigint
    ) with (fillfactor = 70)`.execute(db)
  await sql`create unique index engine_instance_url on engine_instance (model, id)`.execute(db)
  await sql`create index engine_instance_attention on engine_instance (model, id) where attention is not null`.execute(
    db,
  )
  // Changes once in an instance's life.
  await sql`create index engine_instance_ended on engine_instance (ended_at) where ended_at is not null`.execute(db)
}

async function history(db: Kysely<unknown>): Promise<void> {
  // Narrow, for it is what is written most: what is never looked for by itself is in `body`.
  await sql`
    create table engine_history (
      instance bigint not null,
      entry int not null,
      at bigint not null,
      type text not null,
      signal_id text not null,
      outside boolean not null,
      body json not null,
      primary key (instance, entry)
    )`.execute(db)
  // Only ids that came from outside, and that count as taken, can come twice; those the engine makes are unique anyway.
  await sql`
    create unique index engine_history_outside on engine_history (instance, signal_id) where outside`.execute(db)
  await sql`create index engine_history_at on engine_history using brin (at)`.execute(db)
}

async function work(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table engine_mailbox (
      seq bigint generated always as identity primary key,
      instance bigint not null,
      at bigint not null,
      item json not null
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
      args json not null,
      policy json not null,
      attempt int not null default 0,
      due bigint not null,
      lease text,
      error text,
      primary key (instance, key)
    )`.execute(db)
  await sql`create index engine_task_due on engine_task (due)`.execute(db)
}
