import { sql, type Kysely } from 'kysely'

/** Households, users, devices with their presence and capability reports, and the storage of preferences. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table entity_household (
      id text primary key,
      name text not null,
      time_zone text not null,
      version int not null default 1,
      created_at timestamptz not null
    )`.execute(db)

  await sql`
    create table entity_user (
      id text primary key,
      name text not null,
      email text,
      version int not null default 1,
      created_at timestamptz not null
    )`.execute(db)
  await sql`
    create table entity_membership (
      user_id text not null references entity_user (id),
      household text not null references entity_household (id),
      primary key (user_id, household)
    )`.execute(db)
  await sql`create index entity_membership_household on entity_membership (household, user_id)`.execute(db)

  await sql`
    create table entity_device (
      id text primary key,
      household text not null references entity_household (id),
      class text not null,
      serial text not null,
      name text not null,
      state text not null default 'active' check (state in ('active', 'decommissioned')),
      version int not null default 1,
      created_at timestamptz not null
    )`.execute(db)
  await sql`create index entity_device_household on entity_device (household, id)`.execute(db)
  await sql`create index entity_device_serial on entity_device (serial)`.execute(db)

  // Apart from the device's row, which changes rarely and carries the version people edit: this one changes at every
  // connection. No index on what changes, so that each change stays within its page.
  await sql`
    create table entity_presence (
      device text primary key references entity_device (id),
      reachable boolean not null,
      changed_at timestamptz not null
    ) with (fillfactor = 70)`.execute(db)

  await sql`
    create table entity_capabilities (
      device text primary key references entity_device (id),
      digest bytea not null,
      lasting_digest bytea not null,
      report jsonb not null,
      reported_at timestamptz not null
    ) with (fillfactor = 70)`.execute(db)
  await sql`
    create table entity_capabilities_history (
      id bigint generated always as identity,
      device text not null references entity_device (id),
      report jsonb not null,
      reported_at timestamptz not null,
      primary key (device, id)
    )`.execute(db)

  await sql`
    create table entity_preference (
      kind text not null check (kind in ('household', 'user', 'device')),
      id text not null,
      document jsonb not null,
      version int not null,
      updated_at timestamptz not null,
      primary key (kind, id)
    )`.execute(db)
}
