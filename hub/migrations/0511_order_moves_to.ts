import { sql, type Kysely } from 'kysely'

/** Orders that bring a service to a household are looked for by it before it is given up. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index order_item_to_household on order_item (to_household) where to_household is not null`.execute(
    db,
  )
}
