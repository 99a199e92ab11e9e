import { sql, type Kysely } from 'kysely'

/**
 * Which stored files are needed, and by what (docs/decisions/0018). A file is of the installation: the same content of two tenants is kept
 * once. Lists of before this step are read into `definition_manifest_file` by the collector, which removes nothing until it has.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table definition_blob (
      digest text primary key,
      size bigint,
      claimed_at timestamptz not null,
      lost_at timestamptz
    )`.execute(db)
  await sql`create index definition_blob_claimed_at on definition_blob (claimed_at)`.execute(db)
  await sql`
    create table definition_manifest (
      digest text primary key,
      claimed_at timestamptz not null,
      indexed boolean not null default false,
      freed_at timestamptz
    )`.execute(db)
  await sql`
    create table definition_manifest_file (
      manifest text not null references definition_manifest,
      digest text not null references definition_blob,
      primary key (manifest, digest)
    )`.execute(db)
  await sql`create index definition_manifest_file_digest on definition_manifest_file (digest)`.execute(db)
  await sql`comment on table definition_manifest is 'of the installation, read by tenants'`.execute(db)
  for (const table of ['definition_blob', 'definition_manifest_file'])
    await sql`comment on table ${sql.table(table)} is 'of the installation'`.execute(db)
  await sql`
    insert into definition_manifest (digest, claimed_at) select distinct manifest, now() from definition_component`.execute(
    db,
  )
  await sql`
    alter table definition_component add foreign key (manifest) references definition_manifest (digest)`.execute(db)
  await sql`alter table definition_version add column retired_at timestamptz, add column freed_at timestamptz`.execute(
    db,
  )
  await sql`update definition_version set retired_at = now() where state = 'retired'`.execute(db)
  await sql`
    create index definition_version_retired on definition_version (retired_at)
    where retired_at is not null and freed_at is null`.execute(db)
}
