import { sql, type Kysely } from 'kysely'

/**
 * What became of each service on each device, kept as deliveries are made and settled, and counted as it is kept: reading counts
 * costs the same for ten devices and for a million (docs/decisions/0043).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await tables(db)
  await fill(db)
  await counting(db)
}

async function tables(db: Kysely<unknown>): Promise<void> {
  // Of a device and service the delivery by which it stands; without a version where that delivery leaves nothing to count.
  await sql`
    create table order_standing (
      device text not null,
      service text not null,
      standing text not null check (standing in ('installed', 'pending', 'failed')),
      tenant text not null default current_setting('sutler.tenant', true),
      epoch bigint not null,
      version text,
      component text not null,
      primary key (device, service, standing)
    ) with (fillfactor = 80)`.execute(db)
  // Differences, so that nothing waits for a counter; added up afterwards.
  await sql`
    create table order_adoption (
      tenant text not null default current_setting('sutler.tenant', true),
      service text not null,
      version text not null,
      component text not null,
      standing text not null,
      devices int not null
    )`.execute(db)
  await sql`create index order_adoption_service on order_adoption (tenant, service)`.execute(db)
  // The same by day, UTC: installations that ended.
  await sql`
    create table order_adoption_day (
      tenant text not null default current_setting('sutler.tenant', true),
      service text not null,
      version text not null,
      day date not null,
      confirmed int not null,
      failed int not null
    )`.execute(db)
  await sql`create index order_adoption_day_version on order_adoption_day (tenant, service, version, day)`.execute(db)
  await sql`create index order_adoption_day_day on order_adoption_day (day)`.execute(db)
  // Installations that failed, which an index over deliveries' states would make every change of a state pay for.
  await sql`
    create table order_failure (
      tenant text not null default current_setting('sutler.tenant', true),
      service text not null,
      version text not null,
      delivery text not null,
      primary key (tenant, service, version, delivery)
    )`.execute(db)
}

async function fill(db: Kysely<unknown>): Promise<void> {
  await sql`
    insert into order_standing (device, service, standing, tenant, epoch, version, component)
    select distinct on (device, service, standing) device, service, standing, tenant, epoch, case when holds then version end, component
    from order_delivery, lateral (values
      ('installed', state = 'confirmed', kind = 'install'),
      ('pending', true, kind = 'install' and settled_at is null),
      ('failed', purpose = 'carry-out', kind = 'install' and state = 'failed')) as s (standing, concerned, holds)
    where concerned order by device, service, standing, epoch desc`.execute(db)
  await sql`
    insert into order_adoption (tenant, service, version, component, standing, devices)
    select tenant, service, version, component, standing, count(*) from order_standing where version is not null
    group by tenant, service, version, component, standing`.execute(db)
  await sql`
    insert into order_adoption_day (tenant, service, version, day, confirmed, failed)
    select tenant, service, version, (settled_at at time zone 'UTC')::date, count(*) filter (where state = 'confirmed'),
      count(*) filter (where state = 'failed')
    from order_delivery
    where kind = 'install' and state in ('confirmed', 'failed') and settled_at > now() - interval '100 days'
    group by 1, 2, 3, 4`.execute(db)
  await sql`
    insert into order_failure (tenant, service, version, delivery)
    select tenant, service, version, id from order_delivery where kind = 'install' and state = 'failed'`.execute(db)
}

/** By triggers, since only they see what a row was before, whoever changed it meanwhile. */
async function counting(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function order_standing_counted() returns trigger language plpgsql as $$
    begin
      if tg_op = 'INSERT' then
        insert into order_adoption (tenant, service, version, component, standing, devices)
        select tenant, service, version, component, standing, count(*) from new_rows where version is not null
        group by tenant, service, version, component, standing;
      else
        insert into order_adoption (tenant, service, version, component, standing, devices)
        select tenant, service, version, component, standing, sum(devices) from (
          select tenant, service, version, component, standing, 1 as devices from new_rows
          union all select tenant, service, version, component, standing, -1 from old_rows) as changes
        where version is not null group by tenant, service, version, component, standing having sum(devices) <> 0;
      end if;
      return null;
    end $$`.execute(db)
  await sql`
    create trigger order_standing_counted_insert after insert on order_standing referencing new table as new_rows
    for each statement execute function order_standing_counted()`.execute(db)
  await sql`
    create trigger order_standing_counted_update after update on order_standing
    referencing old table as old_rows new table as new_rows
    for each statement execute function order_standing_counted()`.execute(db)
}
