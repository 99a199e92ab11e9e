import { sql, type Kysely } from 'kysely'

/** The event log (hub/src/platform/events.ts) and the answers kept for Idempotency-Key. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Readers page by (xact, id) and only past transactions that are older than every running one: a row that commits late
  // can then never be skipped by a reader that has already gone by.
  await sql`
    create table platform_event (
      id bigint generated always as identity primary key,
      xact xid8 not null default pg_current_xact_id(),
      at timestamptz not null default now(),
      type text not null,
      subject text not null,
      household text,
      data jsonb not null
    )`.execute(db)
  await sql`create index platform_event_position on platform_event (xact, id)`.execute(db)
  await sql`
    create table platform_idempotency (
      principal text not null,
      key text not null,
      request bytea not null,
      status int,
      headers jsonb,
      body text,
      created_at timestamptz not null default now(),
      primary key (principal, key)
    )`.execute(db)
  await sql`create index platform_idempotency_created on platform_idempotency (created_at)`.execute(db)
}
