import { sql, type Kysely } from 'kysely'

/** How far an order has been led, and what a scheduled one asked for: it is decided on again when its start has come. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table order_order
      add column phase text not null default 'settled',
      add column undoing text,
      add column request jsonb`.execute(db)
  await sql`alter table order_item add column undoes boolean not null default false`.execute(db)
}
