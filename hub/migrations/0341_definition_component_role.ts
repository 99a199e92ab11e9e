import { sql, type Kysely } from 'kysely'

/** What a component is to a device, and how a device without our agent names it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table definition_component
      add column role text not null default 'files'
        constraint definition_component_role check (role in ('files', 'firmware', 'unit', 'configuration')),
      add column reports jsonb`.execute(db)
}
