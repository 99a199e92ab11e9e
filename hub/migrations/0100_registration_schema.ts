import { sql, type Kysely } from 'kysely'

/** Registration's tables in a schema of their own, which no other module's login may enter (docs/decisions/0012). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create schema if not exists registration`.execute(db)
  for (const name of ['installation', 'account', 'session', 'api_key', 'claim', 'device'])
    await sql`alter table ${sql.table(`registration_${name}`)} set schema registration`.execute(db)
  await sql`comment on table registration.registration_installation is 'of the installation'`.execute(db)
}
