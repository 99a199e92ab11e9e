import type { TargetStore } from '../app/storage.ts'

/** Devices as whoever plans for many of them needs them: small rows, thousands at a time. */
export const targetStore: TargetStore = {
  async rows(sql, tenant, ids) {
    return sql`
      select d.id as device, d.household, d.class, d.state, coalesce(c.report->>'timeZone', h.time_zone) as "timeZone",
        h.time_zone as "householdZone", encode(c.digest, 'hex') as digest
      from entity_device d
      join entity_household h on h.id = d.household
      left join entity_capabilities c on c.device = d.id
      where d.id = any(${[...ids]}) and d.tenant = ${tenant} order by d.id`
  },

  async reports(sql, ids) {
    return sql`select device, report from entity_capabilities where device = any(${[...ids]})`
  },

  async classes(sql, ids) {
    return sql`select id as device, class from entity_device where id = any(${[...ids]})`
  },
}
