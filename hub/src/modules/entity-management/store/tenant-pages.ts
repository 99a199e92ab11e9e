import type { TenantPages } from '../app/storage.ts'
import { deviceStore } from './devices.ts'
import { householdStore } from './households.ts'

/** A tenant's households and devices, page by page in order of id, and what can be said of all of them. */
export const tenantPages: TenantPages = {
  households: (sql, tenant, after, limit) => householdStore.page(sql, { limit, after }, whole(tenant)),

  devices: (sql, tenant, after, limit) => deviceStore.page(sql, { limit, after }, whole(tenant)),

  async countHouseholds(sql, tenant) {
    const [row] = await sql<{ count: number }[]>`
      select count(*)::int as count from entity_household where tenant = ${tenant}`
    return row!.count
  },

  async timeZones(sql, tenant) {
    const rows = await sql<{ zone: string }[]>`
      select distinct c.report->>'timeZone' as zone from entity_capabilities c join entity_device d on d.id = c.device
      where d.tenant = ${tenant} and d.state <> 'decommissioned'
      union select distinct time_zone from entity_household where tenant = ${tenant}
      order by zone limit 1000`
    return rows.map(({ zone }) => zone)
  },
}

function whole(tenant: string) {
  return { tenant, all: true, households: [], owner: '' }
}
