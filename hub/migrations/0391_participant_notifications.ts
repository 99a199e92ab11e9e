import { sql, type Kysely } from 'kysely'

/** What people want to be told of by e-mail, and what was sent to them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table participant_notification (
      id text primary key,
      tenant text not null default current_setting('sutler.tenant', true),
      owner text not null,
      roles text[] not null,
      email text not null,
      kinds text[] not null,
      types text[] not null,
      household text,
      subject text,
      filter text not null,
      state text not null check (state in ('unconfirmed', 'active', 'disabled')),
      why text check (why in ('unsubscribed', 'failing', 'refused', 'account')),
      xact xid8 not null,
      event bigint not null,
      due_at timestamptz not null,
      hour_began timestamptz,
      hour_sent integer not null default 0,
      failures integer not null default 0,
      last_error text,
      last_sent_at timestamptz,
      leased_until timestamptz,
      created_at timestamptz not null,
      version integer not null default 1
    )`.execute(db)
  await sql`create index participant_notification_tenant on participant_notification (tenant, id)`.execute(db)
  await sql`create index participant_notification_owner on participant_notification (owner, id)`.execute(db)
  await sql`create index participant_notification_due on participant_notification (due_at) where state = 'active'`.execute(
    db,
  )
  await sql`
    create table participant_notification_mail (
      id text primary key,
      tenant text not null default current_setting('sutler.tenant', true),
      notification text not null,
      at timestamptz not null,
      subject text not null,
      events integer not null,
      outcome text not null check (outcome in ('taken', 'refused', 'failed')),
      detail text not null,
      next_try timestamptz
    )`.execute(db)
  await sql`create index participant_notification_mail_notification on participant_notification_mail (notification, id)`.execute(
    db,
  )
  await sql`create index participant_notification_mail_at on participant_notification_mail (at)`.execute(db)
}
