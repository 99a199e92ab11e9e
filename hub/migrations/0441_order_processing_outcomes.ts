import { sql, type Kysely } from 'kysely'

/**
 * How many deliveries came to an end in which hour, and how: a row per batch, so that nothing waits for a counter; added up
 * afterwards. And orders in jeopardy, of which there are few.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table order_outcome (
      tenant text not null default current_setting('sutler.tenant', true),
      hour timestamptz not null,
      state text not null check (state in ('confirmed', 'failed', 'cancelled')),
      deliveries int not null
    )`.execute(db)
  await sql`create index order_outcome_hour on order_outcome (tenant, hour)`.execute(db)
  await sql`create index order_order_jeopardy on order_order (tenant, id) where jeopardy is not null`.execute(db)
}
