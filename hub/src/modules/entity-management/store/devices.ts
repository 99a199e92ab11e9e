import type { CapabilityReport, DeviceClass } from '@sutler/device-model'
import type { Sql } from '../../../platform/database.ts'
import type { DeviceStore } from '../app/storage.ts'
import type { Labels } from '../domain/attributes.ts'
import type { Device, ProtocolName } from '../domain/entities.ts'

interface DeviceRow {
  id: string
  tenant: string
  household: string
  class: DeviceClass
  serial: string
  name: string
  protocol: ProtocolName
  state: 'active' | 'quarantined' | 'decommissioned'
  tags: string[]
  attributes: Labels['attributes']
  version: number
  created_at: Date
  reachable: boolean | null
  changed_at: Date | null
  report: CapabilityReport | null
  reported_at: Date | null
}

export const deviceStore: DeviceStore = {
  async insert(sql, devices, createdAt) {
    await sql`
      with added as (
        insert into entity_device (id, tenant, household, class, serial, name, protocol, created_at)
        select d.id, h.tenant, d.household, d.class, d.serial, d.name, coalesce(d.protocol, 'native'), ${createdAt}
        from jsonb_to_recordset(${sql.json(devices as never)})
          as d(id text, household text, class text, serial text, name text, protocol text)
          join entity_household h on h.id = d.household
        returning *)
      insert into entity_fleet (device, tenant, household, class, serial, name, protocol, state, created_at)
      select id, tenant, household, class, left(serial, 256), left(name, 256), protocol, state, created_at from added`
  },

  async find(sql, ids, lock = false) {
    if (ids.length === 0) return []
    const rows = await sql<DeviceRow[]>`
      ${selection(sql)} where d.id = any(${[...ids]}) order by d.id ${lock ? sql`for update of d` : sql``}`
    return rows.map(deviceOf)
  },

  async page(sql, { limit, after, ...filter }, scope) {
    const rows = await sql<DeviceRow[]>`
      ${selection(sql)} where d.tenant = ${scope.tenant}
      ${after === undefined ? sql`` : sql`and d.id > ${after}`}
      ${scope.all ? sql`` : sql`and d.household = any(${[...scope.households]})`}
      ${filter.household === undefined ? sql`` : sql`and d.household = ${filter.household}`}
      ${filter.class === undefined ? sql`` : sql`and d.class = ${filter.class}`}
      ${filter.reachable === undefined ? sql`` : sql`and coalesce(p.reachable, false) = ${filter.reachable}`}
      order by d.id limit ${limit}`
    return rows.map(deviceOf)
  },

  async ofHouseholds(sql, households, limit) {
    const rows = await sql<DeviceRow[]>`
      select owned.* from (select distinct id from unnest(${[...households]}::text[]) as h (id)) as home
      cross join lateral (${selection(sql)} where d.household = home.id order by d.id limit ${limit}) as owned
      order by owned.id`
    return rows.map(deviceOf)
  },

  async update(sql, { id, name, household, protocol, state, tags, attributes, version }) {
    await sql`
      with changed as (
        update entity_device set name = ${name}, household = ${household}, protocol = ${protocol}, state = ${state},
          tags = ${[...tags]}, attributes = ${sql.json(attributes)}, version = ${version}
        where id = ${id} returning *)
      update entity_fleet f set name = left(changed.name, 256), household = changed.household, protocol = changed.protocol,
        state = changed.state, tags = changed.tags, attributes = changed.attributes
      from changed where f.device = changed.id`
  },

  async setIdentities(sql, id, identities) {
    await sql`update entity_device set identities = ${[...identities]} where id = ${id}`
  },

  // Sorted by device, so that two hubs' batches lock rows in the same order.
  async updatePresence(sql, changes, at) {
    const rows = [...changes].map(([device, reachable]) => ({ device, reachable }))
    return sql`
      with changed as (
        insert into entity_presence as p (device, reachable, changed_at)
        select d.id, c.reachable, ${at}
        from jsonb_to_recordset(${sql.json(rows)}) as c(device text, reachable boolean)
        join entity_device d on d.id = c.device
        order by d.id
        on conflict (device) do update set reachable = excluded.reachable, changed_at = excluded.changed_at
        where p.reachable is distinct from excluded.reachable
        returning p.device, p.reachable)
      select c.device, c.reachable, d.household, d.tenant from changed c join entity_device d on d.id = c.device`
  },

  async clearPresence(sql, at) {
    return sql`
      with changed as (
        update entity_presence set reachable = false, changed_at = ${at} where reachable returning device)
      select c.device, d.household, d.tenant from changed c join entity_device d on d.id = c.device`
  },
}

function selection(sql: Sql) {
  return sql`
    select d.*, p.reachable, p.changed_at, c.report, c.reported_at
    from entity_device d
    left join entity_presence p on p.device = d.id
    left join entity_capabilities c on c.device = d.id`
}

function deviceOf(row: DeviceRow): Device {
  return {
    id: row.id,
    tenant: row.tenant,
    household: row.household,
    class: row.class,
    serial: row.serial,
    name: row.name,
    protocol: row.protocol,
    state: row.state,
    reachable: row.reachable ?? false,
    reachableChangedAt: row.changed_at?.getTime() ?? null,
    capabilities: row.report,
    reportedAt: row.reported_at?.getTime() ?? null,
    tags: row.tags,
    attributes: row.attributes,
    version: row.version,
    createdAt: row.created_at.getTime(),
  }
}
