import { sql, type Kysely } from 'kysely'

/** A tenant has preferences, too: what binds everybody in it, and its defaults. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table entity_preference drop constraint entity_preference_kind_check`.execute(db)
  await sql`
    alter table entity_preference add constraint entity_preference_kind_check
    check (kind in ('tenant', 'household', 'user', 'device'))`.execute(db)
}
