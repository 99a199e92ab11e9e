import { sql, type Kysely } from 'kysely'

/**
 * Who counts what became of a service, or of one of its versions, reads its deliveries only. Only columns that never change: an
 * update of a delivery's state stays one that touches no index.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index order_delivery_service on order_delivery (tenant, service, version, id)`.execute(db)
}
