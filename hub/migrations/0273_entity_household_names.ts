import { sql, type Kysely } from 'kysely'

/** Filters ask for households by name and time zone, too. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index entity_household_name on entity_household (tenant, name collate "C")`.execute(db)
}
