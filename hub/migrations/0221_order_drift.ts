import { sql, type Kysely } from 'kysely'

/** What devices report that is not what they had proved: a row for as long as it is so. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table order_drift (
      device text not null,
      service text not null,
      tenant text not null default current_setting('sutler.tenant', true),
      household text not null,
      subscription text not null,
      version text not null,
      component text not null,
      detail text not null,
      since timestamptz not null,
      primary key (device, service)
    )`.execute(db)
  await sql`create index order_drift_subscription on order_drift (subscription)`.execute(db)
}
