import { sql, type Kysely } from 'kysely'

/**
 * Campaigns: what was written down, its waves with their counts, and one row per device. Counts are kept by adding up small
 * rows (`tally`), so that nobody ever counts all targets and no row is fought for.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table order_campaign (
      id text primary key,
      tenant text not null default current_setting('sutler.tenant', true),
      name text not null,
      document jsonb not null,
      created_by text not null,
      decision text not null,
      state text not null,
      why text not null,
      since timestamptz not null,
      version text,
      plan_number int not null default 1,
      plan_cursor text,
      planned_at timestamptz,
      started_by text,
      started_decision text,
      started_at timestamptz,
      counted_from timestamptz,
      resumed_at timestamptz,
      current_wave int not null default 0,
      tripped text,
      waived text[] not null default '{}',
      ran_ms bigint not null default 0,
      tokens double precision not null default 0,
      looked_at timestamptz,
      quiet int not null default 0,
      joined_to text,
      cancelled_to text,
      created_at timestamptz not null,
      updated_at timestamptz not null
    )`.execute(db)
  await sql`create index order_campaign_tenant on order_campaign (tenant, id)`.execute(db)

  await sql`
    create table order_campaign_wave (
      campaign text not null references order_campaign (id),
      number int not null,
      band int not null,
      take int,
      to_lot int,
      size int not null default 0,
      open int not null default 0,
      done int not null default 0,
      failed int not null default 0,
      cancelled int not null default 0,
      returning_open int not null default 0,
      returned int not null default 0,
      kept int not null default 0,
      not_returned int not null default 0,
      began_at timestamptz,
      placed_at timestamptz,
      passed_at timestamptz,
      primary key (campaign, number)
    )`.execute(db)

  // One row per device, a million in a large campaign: no foreign key, and only the indexes that are read.
  await sql`
    create table order_campaign_target (
      campaign text not null,
      device text not null,
      household text not null,
      zone text not null,
      band int not null,
      lot int not null,
      plan int not null,
      state text not null,
      kind text not null default '',
      reason text not null default '',
      wave int not null default 0,
      order_id text,
      before text,
      back_order text,
      primary key (campaign, device)
    ) with (fillfactor = 85)`.execute(db)
  await sql`
    create index order_campaign_target_next on order_campaign_target (campaign, band, zone, lot, household)
    where state = 'planned'`.execute(db)
  await sql`create index order_campaign_target_state on order_campaign_target (campaign, state, device)`.execute(db)
  await sql`
    create index order_campaign_target_order on order_campaign_target (order_id) where order_id is not null`.execute(db)
  await sql`
    create index order_campaign_target_back on order_campaign_target (back_order) where back_order is not null`.execute(
    db,
  )

  // What changed in a wave's counts and is not added up yet.
  await sql`
    create table order_campaign_tally (
      id bigint generated always as identity primary key,
      campaign text not null,
      wave int not null,
      open int not null default 0,
      done int not null default 0,
      failed int not null default 0,
      cancelled int not null default 0,
      returning_open int not null default 0,
      returned int not null default 0,
      kept int not null default 0,
      not_returned int not null default 0
    )`.execute(db)
  await sql`create index order_campaign_tally_campaign on order_campaign_tally (campaign, id)`.execute(db)

  // Orders of campaigns that have ended and were not looked at yet.
  await sql`
    create table order_campaign_settled (
      id bigint generated always as identity primary key,
      campaign text not null,
      order_id text not null
    )`.execute(db)
  await sql`create index order_campaign_settled_campaign on order_campaign_settled (campaign, id)`.execute(db)

  // What planning counted: how many devices by band, class, zone, reason for leaving them out, and way of transfer.
  await sql`
    create table order_campaign_count (
      campaign text not null,
      plan int not null,
      what text not null,
      key text not null,
      devices bigint not null,
      primary key (campaign, plan, what, key)
    )`.execute(db)

  // What people decided about it: who let which wave begin, who paused it and why.
  await sql`
    create table order_campaign_act (
      id text primary key,
      campaign text not null references order_campaign (id),
      act text not null,
      wave int,
      principal text not null,
      name text not null,
      decision text not null,
      reason text not null,
      at timestamptz not null
    )`.execute(db)
  await sql`create index order_campaign_act_campaign on order_campaign_act (campaign, id)`.execute(db)

  for (const part of ['wave', 'target', 'tally', 'settled', 'count', 'act'])
    await sql`comment on table ${sql.table(`order_campaign_${part}`)} is 'with order_campaign (id) by campaign'`.execute(
      db,
    )
}
