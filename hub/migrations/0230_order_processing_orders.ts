import { sql, type Kysely } from 'kysely'

/**
 * Orders with all that a sponsor may ask for, who or what asked, and how far they have come. `conducted` orders are led by an
 * instance of `service-order`; those from before are still read from their deliveries alone.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table order_order
      add column origin_kind text not null default 'person',
      add column origin_id text not null default '',
      add column origin_name text,
      add column origin_cause text,
      add column priority smallint not null default 4,
      add column requested_start timestamptz,
      add column requested_completion timestamptz,
      add column expected_completion timestamptz,
      add column all_or_nothing boolean not null default false,
      add column conducted boolean not null default false,
      add column detail text not null default '',
      add column milestones jsonb not null default '[]',
      add column jeopardy jsonb,
      add column settled_at timestamptz`.execute(db)
  await sql`update order_order set origin_id = requested_by`.execute(db)
  await sql`create index order_order_state on order_order (tenant, state, id)`.execute(db)
  await sql`create index order_order_origin on order_order (tenant, origin_kind, origin_id, id)`.execute(db)
  await sql`create index order_order_cause on order_order (origin_cause) where origin_cause is not null`.execute(db)

  await sql`
    alter table order_item
      alter column subscription drop not null,
      add column phase text not null default 'begun',
      add column origin text not null default 'wished',
      add column because text not null default '',
      add column channel text,
      add column to_household text,
      add column after jsonb not null default '[]',
      add column before jsonb,
      add column reasons jsonb not null default '[]',
      add column attempts int not null default 1`.execute(db)
  await sql`create index order_item_service on order_item (service, order_id)`.execute(db)

  // The stage in which the lifecycle starts it, what it is for, and whether it failed only because the device never answered.
  await sql`
    alter table order_delivery
      add column turn int not null default 0,
      add column purpose text not null default 'carry-out',
      add column unreached boolean not null default false`.execute(db)
}
