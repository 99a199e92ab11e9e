import type { Database } from '../../../platform/database.ts'
import type { Adoption, AdoptionDay, FailedAlike, FailedDelivery, DevicesOfVersion } from '../app/adoption.ts'

/** Newest failures that are looked at, and different reasons that are told. */
const looked = 10_000
const reasons = 2_000

export function adoptionRows({ sql }: Pick<Database, 'sql'>): Adoption {
  return {
    // Epochs grow with every intention: the greatest of a device is its newest. One pass over the service's deliveries.
    standings: (tenant, service) => sql<DevicesOfVersion[]>`
      with mine as (
        select device, epoch, kind, version, component, state,
          max(epoch) over (partition by device) as newest,
          max(epoch) filter (where purpose = 'carry-out') over (partition by device) as wanted,
          max(epoch) filter (where state = 'confirmed') over (partition by device) as proved
        from order_delivery where tenant = ${tenant} and service = ${service})
      select version, component, standing, count(*)::int as devices
      from mine, lateral (values
        ('installed', epoch = proved and kind = 'install'),
        ('pending', epoch = newest and kind = 'install' and state not in ('confirmed', 'failed', 'cancelled')),
        ('failed', epoch = wanted and kind = 'install' and state = 'failed')) as l (standing, holds)
      where holds group by version, component, standing`,
    days: (tenant, service, version, since) => sql<AdoptionDay[]>`
      select to_char(settled_at at time zone 'UTC', 'YYYY-MM-DD') as day,
        count(*) filter (where state = 'confirmed')::int as confirmed, count(*) filter (where state = 'failed')::int as failed
      from order_delivery
      where tenant = ${tenant} and service = ${service} and version = ${version} and kind = 'install' and settled_at >= ${since}
      group by 1 order by 1`,
    failures: (tenant, service, version) => sql<FailedAlike[]>`
      select detail, count(*)::int as count, max(at) as newest,
        jsonb_path_query_array(jsonb_agg(jsonb_build_object('device', device, 'delivery', id, 'component', component,
          'at', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by id desc), '$[0 to 4]') as samples
      from (select id, device, component, detail, coalesce(settled_at, updated_at) as at from order_delivery
        where tenant = ${tenant} and service = ${service} and version = ${version} and kind = 'install' and state = 'failed'
        order by id desc limit ${looked}) as failed
      group by detail order by count desc, newest desc limit ${reasons}`,
    failedDevices: (tenant, service, version, devices, limit) => sql<FailedDelivery[]>`
      select d.device, d.id as delivery, d.component, d.detail from order_delivery d
      where d.tenant = ${tenant} and d.service = ${service} and d.version = ${version} and d.kind = 'install' and d.state = 'failed'
        and (${devices === null} or d.device = any(${[...(devices ?? [])]}))
        and d.purpose = 'carry-out' and not exists (select from order_delivery n where n.device = d.device
          and n.service = d.service and n.purpose = 'carry-out' and n.epoch > d.epoch)
      order by d.id desc limit ${limit}`,
  }
}
