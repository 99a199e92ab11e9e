import { sql, type Kysely } from 'kysely'

/** Groups of devices: a list that people keep, or a filter; and what depends on a group, which keeps it from being deleted. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table entity_group (
      id text primary key,
      tenant text not null default current_setting('sutler.tenant', true),
      name text not null,
      kind text not null check (kind in ('static', 'live')),
      filter text,
      version int not null default 1,
      created_at timestamptz not null,
      check ((kind = 'live') = (filter is not null)),
      unique (tenant, name)
    )`.execute(db)
  await sql`create index entity_group_tenant on entity_group (tenant, id)`.execute(db)

  await sql`
    create table entity_group_member (
      group_id text not null references entity_group (id) on delete cascade,
      device text not null references entity_device (id),
      primary key (group_id, device)
    )`.execute(db)
  await sql`create index entity_group_member_device on entity_group_member (device)`.execute(db)
  await sql`comment on table entity_group_member is 'with entity_group (id) by group_id'`.execute(db)

  await sql`
    create table entity_group_use (
      group_id text not null references entity_group (id),
      kind text not null,
      id text not null,
      name text not null,
      primary key (group_id, kind, id)
    )`.execute(db)
  await sql`create index entity_group_use_by on entity_group_use (kind, id)`.execute(db)
  await sql`comment on table entity_group_use is 'with entity_group (id) by group_id'`.execute(db)
}
