import { sql, type Kysely } from 'kysely'

/** Deliveries that a device took and never reported on: it may have carried them out. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table order_delivery add column silent boolean not null default false`.execute(db)
}
