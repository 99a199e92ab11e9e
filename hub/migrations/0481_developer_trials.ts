import { sql, type Kysely } from 'kysely'

/** Versions that developers try on test devices: a row per household, whose order says what came of it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table developer_trial (
      id text primary key,
      tenant text not null default current_setting('sutler.tenant', true),
      service text not null,
      version text not null,
      household text not null,
      devices text[] not null,
      had text,
      order_id text not null,
      undo_order text,
      by_id text not null,
      at timestamptz not null
    )`.execute(db)
  await sql`create index developer_trial_version on developer_trial (tenant, service, version, id)`.execute(db)
}
