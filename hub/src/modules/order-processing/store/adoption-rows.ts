import type { Database } from '../../../platform/database.ts'
import type {
  Adoption,
  AdoptionDay,
  AdoptionUpkeep,
  FailedAlike,
  FailedDelivery,
  DevicesOfVersion,
} from '../app/adoption.ts'

/** Newest failures that are looked at, and different reasons that are told. */
const looked = 10_000
const reasons = 2_000

/** Counts are sums of what was written as deliveries settled; none reads the deliveries of a service. */
export function adoptionRows({ sql, transaction }: Pick<Database, 'sql' | 'transaction'>): Adoption & AdoptionUpkeep {
  return {
    standings: (tenant, service) => sql<DevicesOfVersion[]>`
      select version, component, standing, sum(devices)::int as devices from order_adoption
      where tenant = ${tenant} and service = ${service} group by version, component, standing having sum(devices) > 0`,
    days: (tenant, service, version, since) => sql<AdoptionDay[]>`
      select to_char(day, 'YYYY-MM-DD') as day, sum(confirmed)::int as confirmed, sum(failed)::int as failed
      from order_adoption_day
      where tenant = ${tenant} and service = ${service} and version = ${version} and day >= (${since}::timestamptz at time zone 'UTC')::date
      group by order_adoption_day.day order by 1`,
    failures: (tenant, service, version) => sql<FailedAlike[]>`
      select detail, count(*)::int as count, max(at) as newest,
        jsonb_path_query_array(jsonb_agg(jsonb_build_object('device', device, 'delivery', id, 'component', component,
          'at', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by id desc), '$[0 to 4]') as samples
      from (
        select d.id, d.device, d.component, d.detail, d.settled_at as at
        from (select delivery from order_failure where tenant = ${tenant} and service = ${service} and version = ${version}
          order by delivery desc limit ${looked}) f join order_delivery d on d.id = f.delivery) as failed
      group by detail order by count desc, newest desc limit ${reasons}`,
    failedDevices: (tenant, service, version, devices, limit) => sql<FailedDelivery[]>`
      select d.device, d.id as delivery, d.component, d.detail
      from order_failure f join order_delivery d on d.id = f.delivery
        join order_standing s on s.device = d.device and s.service = d.service and s.standing = 'failed' and s.epoch = d.epoch
      where f.tenant = ${tenant} and f.service = ${service} and f.version = ${version}
        and (${devices === null} or d.device = any(${[...(devices ?? [])]}))
      order by f.delivery desc limit ${limit}`,
    async addUp({ kept }) {
      await transaction(async (tx) => {
        await tx.sql`delete from order_adoption_day where day < (${kept}::timestamptz at time zone 'UTC')::date`
        await tx.sql`
          with several as (
            select tenant, service, version, component, standing from order_adoption group by 1, 2, 3, 4, 5 having count(*) > 1),
          gone as (
            delete from order_adoption a using several s
            where (a.tenant, a.service, a.version, a.component, a.standing) = (s.tenant, s.service, s.version, s.component, s.standing)
            returning a.*)
          insert into order_adoption (tenant, service, version, component, standing, devices)
          select tenant, service, version, component, standing, sum(devices)::int from gone group by 1, 2, 3, 4, 5
          having sum(devices) <> 0`
        await tx.sql`
          with several as (
            select tenant, service, version, day from order_adoption_day group by 1, 2, 3, 4 having count(*) > 1),
          gone as (
            delete from order_adoption_day a using several s
            where (a.tenant, a.service, a.version, a.day) = (s.tenant, s.service, s.version, s.day) returning a.*)
          insert into order_adoption_day (tenant, service, version, day, confirmed, failed)
          select tenant, service, version, day, sum(confirmed)::int, sum(failed)::int from gone group by 1, 2, 3, 4`
      })
    },
  }
}
