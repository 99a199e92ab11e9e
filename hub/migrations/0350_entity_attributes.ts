import { sql, type Kysely } from 'kysely'

/**
 * What operators know of devices, people and households: tags, attributes of the tenant's own, notes, and the history of it
 * all. A household can be an organisation. Who was merged into another, or erased, stays as a row without anything in it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of ['entity_device', 'entity_user', 'entity_household'])
    await sql`
      alter table ${sql.raw(table)} add column tags text[] not null default '{}', add column attributes jsonb not null default '{}'`.execute(
      db,
    )
  await sql`
    alter table entity_household add column kind text not null default 'household' check (kind in ('household', 'organisation')),
      add column merged_into text references entity_household (id)`.execute(db)
  await sql`
    alter table entity_user add column merged_into text references entity_user (id), add column erased_at timestamptz`.execute(
    db,
  )
  for (const table of ['entity_user', 'entity_household'])
    await sql`create index ${sql.raw(`${table}_tags`)} on ${sql.raw(table)} using gin (tags)`.execute(db)
  await fleet(db)
  await definitions(db)
  await notes(db)
  await history(db)
}

/** Filters read attributes as texts, and find both by one index. */
async function fleet(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function entity_labels(tags text[], attributes jsonb) returns bigint[]
    language sql immutable parallel safe as $$
      select coalesce(array_agg(term), '{}') from (
        select entity_term('tag', tag, '', '') as term from unnest(tags) as tag
        union all
        select unnest(array[entity_term('attribute', key, '', ''), entity_term('attribute is', key, value, '')])
        from jsonb_each_text(attributes)) as terms
    $$`.execute(db)
  await sql`
    alter table entity_fleet add column tags text[] not null default '{}', add column attributes jsonb not null default '{}'`.execute(
    db,
  )
  await sql`
    alter table entity_fleet add column labels bigint[] generated always as (entity_labels(tags, attributes)) stored`.execute(
    db,
  )
  await sql`create index entity_fleet_labels on entity_fleet using gin (labels) with (fastupdate = off)`.execute(db)
}

async function definitions(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table entity_attribute (
      tenant text not null default current_setting('sutler.tenant', true),
      kind text not null check (kind in ('device', 'user', 'household')),
      name text not null,
      type text not null check (type in ('string', 'number', 'boolean', 'date', 'enum')),
      required boolean not null,
      description text not null,
      bounds jsonb not null,
      version int not null default 1,
      created_at timestamptz not null,
      primary key (tenant, kind, name)
    )`.execute(db)
}

async function notes(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table entity_note (
      id text primary key,
      tenant text not null default current_setting('sutler.tenant', true),
      kind text not null check (kind in ('device', 'user', 'household')),
      subject text not null,
      author text not null,
      text text not null,
      created_at timestamptz not null
    )`.execute(db)
  await sql`create index entity_note_subject on entity_note (kind, subject, id)`.execute(db)
}

async function history(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table entity_history (
      id bigint generated always as identity,
      tenant text not null default current_setting('sutler.tenant', true),
      kind text not null check (kind in ('device', 'user', 'household')),
      subject text not null,
      at timestamptz not null,
      owner text not null check (owner in ('operator', 'directory', 'scim')),
      actor jsonb,
      changes jsonb not null,
      primary key (kind, subject, id)
    )`.execute(db)
  await sql`create index entity_history_at on entity_history (at)`.execute(db)
  await sql`create index entity_capabilities_history_at on entity_capabilities_history (reported_at)`.execute(db)
}
