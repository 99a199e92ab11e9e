import { sql, type Kysely } from 'kysely'

/** Webhooks that say more exactly what they want, what became of each message, and whose an event is beside a household's. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table platform_event add column owners text[] not null default '{}'`.execute(db)
  // What a webhook may hear of is asked of its account each time; `roles` are those that it was made with.
  await sql`
    alter table participant_webhook
      add column name text not null default '',
      add column roles text[] not null default '{operator,developer,sponsor,subscriber,auditor}',
      add column household text,
      add column subject text,
      add column filter text not null default '',
      add column previous_secret text,
      add column previous_until timestamptz,
      add column why text check (why in ('asked', 'failing', 'gone', 'account')),
      add column replay jsonb,
      add column last_duration integer not null default 0,
      add column version integer not null default 1`.execute(db)
  await sql`update participant_webhook set roles = '{developer,sponsor,subscriber}' where households is not null`.execute(
    db,
  )
  await sql`update participant_webhook set why = 'failing' where state = 'disabled'`.execute(db)
  await sql`alter table participant_webhook alter column roles drop default, drop column households`.execute(db)
  await sql`
    create table participant_webhook_attempt (
      id text primary key,
      tenant text not null default current_setting('sutler.tenant', true),
      webhook text not null,
      kind text not null check (kind in ('event', 'replay', 'resend', 'test', 'filter')),
      event text not null,
      type text not null,
      at timestamptz not null,
      outcome text not null check (outcome in ('delivered', 'failed')),
      status integer,
      duration integer not null,
      detail text,
      answer text not null,
      try integer not null,
      next_try timestamptz
    )`.execute(db)
  await sql`create index participant_webhook_attempt_webhook on participant_webhook_attempt (webhook, id)`.execute(db)
  await sql`create index participant_webhook_attempt_at on participant_webhook_attempt (at)`.execute(db)
}
