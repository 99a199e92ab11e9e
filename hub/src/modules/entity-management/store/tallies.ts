import type { TallyStore } from '../app/storage.ts'

/** Devices counted, with the tenant in the statement: they are asked with the hub's own login. */
export const tallyStore: TallyStore = {
  async kinds(sql, tenant) {
    return sql`
      select d.class, d.protocol, d.state, count(*)::int as devices, (count(*) filter (where p.reachable))::int as reachable
      from entity_device d left join entity_presence p on p.device = d.id
      where d.tenant = ${tenant} group by d.class, d.protocol, d.state`
  },

  async sample(sql, at) {
    const [there] = await sql`select 1 from entity_presence_sample where at = ${at} limit 1`
    if (there !== undefined) return
    await sql`
      insert into entity_presence_sample (tenant, at, devices, reachable)
      select d.tenant, ${at}, count(*)::int, (count(*) filter (where p.reachable))::int
      from entity_device d left join entity_presence p on p.device = d.id
      where d.state <> 'decommissioned' group by d.tenant
      on conflict do nothing`
  },

  async forget(sql, { samples, hours }) {
    await sql`
      delete from entity_presence_sample
      where at < ${hours} or (at < ${samples} and extract(minute from at) <> 0)`
  },

  async series(sql, tenant, { since, hourly }) {
    return sql`
      select at, devices, reachable from entity_presence_sample
      where tenant = ${tenant} and at >= ${since} ${hourly ? sql`and extract(minute from at) = 0` : sql``} order by at limit 1000`
  },
}
