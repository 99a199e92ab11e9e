import { sql, type Kysely } from 'kysely'

/** Signed metadata, as they are served: root, targets, developers' targets, snapshots, timestamps; and devices' assignments. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table definition_trust_file (
      role text not null,
      version bigint not null,
      bytes bytea not null,
      sha256 text not null,
      expires timestamptz not null,
      created_at timestamptz not null,
      warned_at timestamptz,
      primary key (role, version)
    )`.execute(db)
  await sql`
    create table definition_trust_online_key (
      key_id text primary key,
      role text not null,
      scheme text not null,
      public text not null,
      seen_at timestamptz not null
    )`.execute(db)
  await sql`
    create table definition_trust_assignment (
      device text primary key,
      version bigint not null,
      root bigint not null,
      snapshot bigint not null,
      content text not null,
      expires timestamptz not null,
      bytes bytea not null
    )`.execute(db)
  for (const table of ['definition_trust_file', 'definition_trust_online_key'])
    await sql`comment on table ${sql.table(table)} is 'of the installation, read by tenants'`.execute(db)
  await sql`comment on table definition_trust_assignment is 'with entity_device (id) by device'`.execute(db)
}
