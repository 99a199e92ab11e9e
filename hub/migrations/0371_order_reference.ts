import { sql, type Kysely } from 'kysely'

/** Orders are looked for by the sponsor's own reference. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index order_order_reference on order_order (tenant, reference) where reference is not null`.execute(
    db,
  )
}
