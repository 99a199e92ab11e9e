import { sql, type Kysely } from 'kysely'

/** What policy answered about deliveries, what households were asked and answered, and what went over metered links. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await answers(db)
  await consents(db)
  await sql`
    create table policy_metered_use (
      device text not null,
      delivery text not null,
      tenant text not null default current_setting('sutler.tenant', true),
      month text not null,
      bytes bigint not null,
      at timestamptz not null,
      primary key (device, delivery)
    )`.execute(db)
  await sql`create index policy_metered_use_at on policy_metered_use (at)`.execute(db)
}

/** One row per change of the answer: an answer that repeats itself counts up in its row. */
async function answers(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table policy_answer (
      id bigint generated always as identity primary key,
      tenant text not null default current_setting('sutler.tenant', true),
      delivery text not null,
      device text not null,
      household text not null,
      at timestamptz not null,
      last_at timestamptz not null,
      times int not null default 1,
      latest boolean not null default true,
      verdict text not null check (verdict in ('now', 'later', 'never')),
      until timestamptz,
      why text not null,
      rules jsonb not null
    )`.execute(db)
  await sql`create index policy_answer_delivery on policy_answer (delivery, id)`.execute(db)
  await sql`create unique index policy_answer_latest on policy_answer (delivery) where latest`.execute(db)
  // Who waits for something to change: asked at every lasting change of a device's report.
  await sql`
    create index policy_answer_waiting on policy_answer (device) where latest and verdict = 'later' and until is null`.execute(
    db,
  )
  await sql`create index policy_answer_last_at on policy_answer (last_at)`.execute(db)
}

/** The answer that counts, and all that led to it. */
async function consents(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table policy_consent (
      id text primary key,
      tenant text not null default current_setting('sutler.tenant', true),
      household text not null,
      kind text not null check (kind in ('service', 'category', 'update')),
      target text not null,
      state text not null check (state in ('asked', 'granted', 'denied', 'revoked')),
      asked_for text,
      changed_at timestamptz not null,
      unique (household, kind, target)
    )`.execute(db)
  await sql`create index policy_consent_tenant on policy_consent (tenant, id)`.execute(db)
  await sql`
    create table policy_consent_change (
      consent text not null references policy_consent,
      number int not null,
      state text not null,
      at timestamptz not null,
      changed_by text,
      reason text not null,
      decision text,
      delivery text,
      primary key (consent, number)
    )`.execute(db)
  await sql`comment on table policy_consent_change is 'with policy_consent (id) by consent'`.execute(db)
}
