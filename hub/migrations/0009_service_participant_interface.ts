import { sql, type Kysely } from 'kysely'

/** Webhooks, and how far each has been told of the event log. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table participant_webhook (
      id text primary key,
      owner text not null,
      url text not null,
      -- Event types, \`*\` at the end allowed; empty = all.
      types text[] not null,
      -- Null = everything its owner may see is everything there is.
      households text[],
      secret text not null,
      state text not null,
      -- Position in the event log behind which nothing has been told yet.
      xact xid8 not null,
      event bigint not null,
      failures int not null default 0,
      retry_at timestamptz,
      last_error text,
      last_success_at timestamptz,
      leased_until timestamptz,
      created_at timestamptz not null
    )`.execute(db)
  await sql`create index participant_webhook_owner on participant_webhook (owner, id)`.execute(db)
}
