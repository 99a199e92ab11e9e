import { sql, type Kysely } from 'kysely'

/** Patches from one file to another, made once for the whole installation; the patch itself is a stored file (docs/decisions/0018). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table definition_patch (
      from_digest text not null,
      to_digest text not null,
      from_size bigint not null,
      to_size bigint not null,
      state text not null,
      attempts int not null default 0,
      due_at timestamptz not null,
      patch text references definition_blob,
      size bigint,
      used_at timestamptz,
      detail text not null default '',
      primary key (from_digest, to_digest)
    )`.execute(db)
  await sql`create index definition_patch_to on definition_patch (to_digest)`.execute(db)
  await sql`create index definition_patch_patch on definition_patch (patch)`.execute(db)
  await sql`create index definition_patch_wanted on definition_patch (due_at) where state = 'wanted'`.execute(db)
  await sql`comment on table definition_patch is 'of the installation'`.execute(db)
  await sql`alter table definition_version add column patches_planned_at timestamptz`.execute(db)
}
