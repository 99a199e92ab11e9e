import { sql, type Kysely } from 'kysely'

/** The queue of outputs per device. A row leaves the queue when `done_at` is set; `result` says what became of it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table consumer_output (
      id bigint generated always as identity primary key,
      device text not null,
      -- The delivery it belongs to; null for outputs that belong to none.
      delivery text,
      kind text not null,
      body jsonb not null,
      queued_at timestamptz not null,
      sent_at timestamptz,
      done_at timestamptz,
      result text
    ) with (fillfactor = 80)`.execute(db)
  // The open queue of a device, in order. sent_at is in no index: marking rows as sent stays a HOT update.
  await sql`create index consumer_output_open on consumer_output (device, id) where done_at is null`.execute(db)
  await sql`create index consumer_output_delivery on consumer_output (delivery) where done_at is null`.execute(db)
  await sql`create index consumer_output_device on consumer_output (device, id)`.execute(db)
  await sql`create index consumer_output_done on consumer_output (done_at) where done_at is not null`.execute(db)
}
