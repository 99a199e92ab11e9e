import { sql, type Kysely } from 'kysely'

/** The TM Forum Open API face: what an order said there that the hub's own order has no place for, cancellations, listeners. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table participant_tmf_order (
      order_id text primary key,
      tenant text not null default current_setting('sutler.tenant', true),
      kept jsonb not null
    )`.execute(db)
  await sql`
    create table participant_tmf_cancellation (
      id text primary key,
      tenant text not null default current_setting('sutler.tenant', true),
      order_id text not null,
      household text not null,
      owner text not null,
      reason text not null,
      asked_by text not null,
      asked_at timestamptz not null
    )`.execute(db)
  await sql`create index participant_tmf_cancellation_tenant on participant_tmf_cancellation (tenant, id)`.execute(db)
  await sql`create index participant_tmf_cancellation_order on participant_tmf_cancellation (order_id)`.execute(db)
  // How messages are written: null as CloudEvents, else as notifications of that TM Forum API, by `query`.
  await sql`
    alter table participant_webhook add column api text check (api in ('serviceOrdering', 'serviceInventory', 'serviceCatalogManagement')),
      add column query text not null default ''`.execute(db)
}
