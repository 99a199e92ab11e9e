import type { Sql, Tx } from '../../../platform/database.ts'
import { writeLast } from '../../../platform/last-writes.ts'

/**
 * Where a service stands on a device is what the newest of its deliveries says: for `installed` of those that are confirmed, for
 * `pending` of all, for `failed` of those that carry something out. Epochs grow with every intention, so whichever transaction
 * comes later, the newest delivery's word stays.
 *
 * Orders of a household and what its devices prove of older ones meet at these rows, so they are written last.
 */

/** A delivery that the transaction has made, or whose state it has changed. */
interface Written {
  readonly id: string
  readonly fresh: boolean
}

export function standingsOfNew(tx: Tx, deliveries: readonly { id: string }[]): void {
  writeLast(
    tx,
    writeStandings,
    deliveries.map(({ id }) => ({ id, fresh: true })),
  )
}

export function standingsOfSettled(tx: Tx, deliveries: readonly { id: string; settledAt: Date | null }[]): void {
  const settled = deliveries.filter(({ settledAt }) => settledAt !== null)
  writeLast(
    tx,
    writeStandings,
    settled.map(({ id }) => ({ id, fresh: false })),
  )
}

async function writeStandings(sql: Sql, written: readonly Written[]): Promise<void> {
  const fresh = written.map((each) => (each.fresh ? 1 : 0))
  await sql`
    insert into order_standing (device, service, standing, tenant, epoch, version, component)
    select distinct on (device, service, standing) device, service, standing, tenant, epoch, case when holds then version end, component
    from unnest(${written.map(({ id }) => id)}::text[], ${fresh}::int[]) as w (id, fresh)
      join order_delivery d on d.id = w.id
      cross join lateral (values
        ('pending', 1, true, kind = 'install'),
        ('failed', 1, purpose = 'carry-out', false),
        ('installed', 0, state = 'confirmed', kind = 'install'),
        ('pending', 0, kind = 'install', false),
        ('failed', 0, purpose = 'carry-out' and kind = 'install' and state = 'failed', true)
      ) as s (standing, by_fresh, concerned, holds)
    where s.by_fresh = w.fresh and concerned
    order by device, service, standing, epoch desc, fresh
    on conflict (device, service, standing) do update
      set epoch = excluded.epoch, version = excluded.version, component = excluded.component
      where order_standing.epoch <= excluded.epoch`
}
