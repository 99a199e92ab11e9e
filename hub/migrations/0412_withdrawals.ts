import { sql, type Kysely } from 'kysely'

/** Versions that were withdrawn, and how far households have been ordered back: one row per version, as long as there is the version. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table developer_withdrawal (
      tenant text not null default current_setting('sutler.tenant', true),
      service text not null,
      version text not null,
      back_to text,
      reason text not null,
      by_id text not null,
      by_name text not null,
      decision text not null,
      state text not null check (state in ('running', 'done')),
      after_subscription text not null default '',
      placed integer not null default 0,
      refused integer not null default 0,
      refusals jsonb not null default '[]',
      started_at timestamptz not null,
      ended_at timestamptz,
      leased_until timestamptz,
      primary key (tenant, service, version)
    )`.execute(db)
  await sql`
    create index developer_withdrawal_running on developer_withdrawal (started_at) where state = 'running'`.execute(db)
  await sql`
    create index order_subscription_service on order_subscription (tenant, service, id)`.execute(db)
}
