import { sql, type Kysely } from 'kysely'

/** Orders, their items, subscriptions and deliveries. States: hub/src/modules/order-processing/domain/states.ts. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table order_order (
      id text primary key,
      household text not null,
      requested_by text not null,
      decision text not null,
      reference text,
      state text not null,
      created_at timestamptz not null,
      updated_at timestamptz not null
    )`.execute(db)
  await sql`create index order_order_household on order_order (household, id)`.execute(db)
  await sql`create index order_order_requested_by on order_order (requested_by, id)`.execute(db)

  await sql`
    create table order_subscription (
      id text primary key,
      household text not null,
      service text not null,
      version text not null,
      state text not null,
      created_at timestamptz not null,
      updated_at timestamptz not null
    )`.execute(db)
  // One living subscription per household and service; ended ones stay as history.
  await sql`
    create unique index order_subscription_living on order_subscription (household, service)
    where state <> 'ended'`.execute(db)

  await sql`
    create table order_item (
      id text primary key,
      order_id text not null references order_order (id),
      position int not null,
      action text not null,
      service text not null,
      version text not null,
      subscription text not null references order_subscription (id),
      state text not null,
      detail text not null default ''
    )`.execute(db)
  await sql`create index order_item_order on order_item (order_id)`.execute(db)
  await sql`create index order_item_subscription on order_item (subscription)`.execute(db)

  await sql`
    create table order_delivery (
      id text primary key,
      order_id text not null references order_order (id),
      item text not null references order_item (id),
      subscription text not null,
      household text not null,
      device text not null,
      kind text not null,
      service text not null,
      version text not null,
      component text not null,
      manifest text,
      manifest_size int not null,
      files int not null,
      bytes bigint not null,
      epoch bigint generated always as identity,
      state text not null,
      detail text not null default '',
      stage text not null default '',
      done bigint not null default 0,
      total bigint not null default 0,
      proof jsonb,
      created_at timestamptz not null,
      updated_at timestamptz not null,
      settled_at timestamptz
    ) with (fillfactor = 70)`.execute(db)
  await sql`create index order_delivery_order on order_delivery (order_id)`.execute(db)
  await sql`create index order_delivery_device on order_delivery (device, id)`.execute(db)
  await sql`create index order_delivery_household on order_delivery (household, id)`.execute(db)
  await sql`create index order_delivery_subscription on order_delivery (subscription, id)`.execute(db)
}
