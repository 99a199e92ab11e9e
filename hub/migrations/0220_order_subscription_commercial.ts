import { sql, type Kysely } from 'kysely'

/**
 * How a subscription stands commercially, beside how it stands technically (`state`): what the two sides of its
 * `service-lifecycle` instance's states are.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table order_subscription add column commercial text not null default 'requested'`.execute(db)
  await sql`
    update order_subscription set commercial = case state
      when 'requested' then 'requested' when 'ended' then 'ended' else 'authorized' end`.execute(db)
}
