import { sql, type Kysely } from 'kysely'

/** Which version of a model fills a role of the platform, where a person has chosen one. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table engine_role (
      role text primary key,
      version text not null,
      assigned_by text not null,
      assigned_at timestamptz not null,
      foreign key (role, version) references engine_model (name, version)
    )`.execute(db)
  await sql`comment on table engine_role is 'of the installation, read by tenants'`.execute(db)
}
