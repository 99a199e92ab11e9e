import { sql, type Kysely } from 'kysely'

/** What a device that differs should have instead: the right action repairs it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table order_drift add column wanted text not null default 'installed'`.execute(db)
  await sql`
    update order_drift set wanted = case when detail like '%although it was removed' then 'absent' else 'suspended' end
    where detail like '%although it was %'`.execute(db)
  await sql`
    alter table order_drift alter column wanted drop default,
      add constraint order_drift_wanted check (wanted in ('installed', 'suspended', 'absent'))`.execute(db)
}
