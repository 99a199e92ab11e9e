import { sql, type Kysely } from 'kysely'

/**
 * What a household keeps to of a service until somebody says otherwise: exactly one version, or a channel; and the item that said so,
 * for an order that is taken back takes that back as well.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table order_subscription
      add column pinned text,
      add column channel text,
      add column wished_by text`.execute(db)
}
