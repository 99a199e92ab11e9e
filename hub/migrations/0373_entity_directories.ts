import { sql, type Kysely } from 'kysely'

/** Directories outside in which people are looked up, and whom of there is whom here (docs/decisions/0037). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table entity_directory (
      id text primary key,
      tenant text not null default current_setting('sutler.tenant', true),
      name text not null,
      kind text not null check (kind in ('ldap', 'http')),
      url text not null,
      settings jsonb not null,
      secret bytea,
      disabled boolean not null default false,
      version int not null default 1,
      created_at timestamptz not null,
      unique (tenant, name)
    )`.execute(db)
  await sql`
    create table entity_directory_link (
      user_id text primary key references entity_user (id),
      tenant text not null default current_setting('sutler.tenant', true),
      directory text not null references entity_directory (id) on delete cascade,
      entry text not null,
      refreshed_at timestamptz not null,
      unique (directory, entry)
    )`.execute(db)
}
