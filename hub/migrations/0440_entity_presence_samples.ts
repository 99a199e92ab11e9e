import { sql, type Kysely } from 'kysely'

/** How many devices were connected, sampled every five minutes; and what devices are sorted by in lists. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table entity_presence_sample (
      tenant text not null default current_setting('sutler.tenant', true),
      at timestamptz not null,
      devices int not null,
      reachable int not null,
      primary key (tenant, at)
    )`.execute(db)
  await sql`create index entity_presence_sample_at on entity_presence_sample (at)`.execute(db)
  await sql`drop index entity_fleet_name`.execute(db)
  await sql`create index entity_fleet_name on entity_fleet (tenant, name, device)`.execute(db)
  await sql`create index entity_presence_changed on entity_presence (changed_at, device)`.execute(db)
}
