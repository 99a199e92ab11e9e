import { sql, type Kysely } from 'kysely'

/**
 * To which channel a version was released, which components wait for which, and what services are about. `revision` grows with every
 * change of a service or its versions: by it hubs see whether what they keep in memory is still so.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table definition_service
      add column categories text[] not null default '{}',
      add column parental int not null default 0,
      add column revision bigint not null default 0`.execute(db)
  await sql`alter table definition_version add column channel text`.execute(db)
  await sql`update definition_version set channel = 'stable' where released_at is not null`.execute(db)
  await sql`alter table definition_component add column after jsonb not null default '[]'`.execute(db)
  await sql`create index definition_service_categories on definition_service using gin (categories)`.execute(db)
}
