import type { Sql } from '../../../platform/database.ts'

/**
 * Where a service stands on a device is what the newest of its deliveries says: for `installed` of those that are confirmed, for
 * `pending` of all, for `failed` of those that carry something out. Epochs grow with every intention, so whichever transaction
 * comes later, the newest delivery's word stays. Each of these is a part of the statement that writes deliveries: one `with` query.
 */

/** @param added name of the query that gives the new deliveries */
export function standingsOfNew(sql: Sql, added: 'added') {
  return sql`
    insert into order_standing (device, service, standing, tenant, epoch, version, component)
    select distinct on (device, service, standing) device, service, standing, tenant, epoch, case when holds then version end, component
    from ${sql(added)}, lateral (values
      ('pending', true, kind = 'install'),
      ('failed', purpose = 'carry-out', false)) as s (standing, concerned, holds)
    where concerned ${newestStays(sql)}`
}

/** @param recorded name of the query that gives the changed deliveries */
export function standingsOfSettled(sql: Sql, recorded: 'recorded') {
  return sql`
    insert into order_standing (device, service, standing, tenant, epoch, version, component)
    select distinct on (device, service, standing) device, service, standing, tenant, epoch, case when holds then version end, component
    from ${sql(recorded)}, lateral (values
      ('installed', state = 'confirmed', kind = 'install'),
      ('pending', kind = 'install', false),
      ('failed', purpose = 'carry-out' and kind = 'install' and state = 'failed', true)) as s (standing, concerned, holds)
    where settled_at is not null and concerned ${newestStays(sql)}`
}

/** In one order, so that two batches never wait for each other. */
function newestStays(sql: Sql) {
  return sql`
    order by device, service, standing, epoch desc
    on conflict (device, service, standing) do update
      set epoch = excluded.epoch, version = excluded.version, component = excluded.component
      where order_standing.epoch <= excluded.epoch`
}
