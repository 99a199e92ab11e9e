import type { GroupStore } from '../app/storage.ts'
import type { DeviceGroup } from '../domain/groups.ts'

interface GroupRow {
  id: string
  tenant: string
  name: string
  kind: 'static' | 'live'
  filter: string | null
  version: number
  created_at: Date
}

export const groupStore: GroupStore = {
  async insert(sql, { id, tenant, name, kind, filter, createdAt }) {
    const added = await sql`
      insert into entity_group (id, tenant, name, kind, filter, created_at)
      values (${id}, ${tenant}, ${name}, ${kind}, ${filter}, ${new Date(createdAt)}) on conflict (tenant, name) do nothing`
    return added.count === 1
  },

  async find(sql, ids, lock = false) {
    const rows = await sql<GroupRow[]>`
      select * from entity_group where id = any(${[...ids]}) order by id ${lock ? sql`for update` : sql``}`
    return rows.map(groupOf)
  },

  async page(sql, { limit, after }, tenant) {
    const rows = await sql<GroupRow[]>`
      select * from entity_group where tenant = ${tenant} ${after === undefined ? sql`` : sql`and id > ${after}`}
      order by id limit ${limit}`
    return rows.map(groupOf)
  },

  // Not by the unique index: that would end the transaction, and with it the answer.
  async update(sql, { id, tenant, name, filter, version }) {
    const changed = await sql`
      update entity_group g set name = ${name}, filter = ${filter}, version = ${version} where id = ${id}
        and not exists (select from entity_group where tenant = ${tenant} and name = ${name} and id <> ${id})`
    return changed.count === 1
  },

  async remove(sql, id) {
    await sql`delete from entity_group where id = ${id}`
  },

  async addMembers(sql, group, devices) {
    if (devices.length === 0) return 0
    const added = await sql`
      insert into entity_group_member (group_id, device)
      select distinct ${group}, d from unnest(${[...devices]}::text[]) as d order by d on conflict do nothing`
    return added.count
  },

  async removeMembers(sql, group, devices) {
    if (devices.length === 0) return 0
    const removed = await sql`
      delete from entity_group_member where group_id = ${group} and device = any(${[...devices]})`
    return removed.count
  },

  async uses(sql, group) {
    return sql`select kind, id, name from entity_group_use where group_id = ${group} order by kind, id limit 100`
  },

  async use(sql, group, { kind, id, name }) {
    await sql`
      insert into entity_group_use (group_id, kind, id, name) values (${group}, ${kind}, ${id}, ${name})
      on conflict (group_id, kind, id) do update set name = excluded.name`
  },

  async release(sql, { kind, id }) {
    await sql`delete from entity_group_use where kind = ${kind} and id = ${id}`
  },
}

function groupOf({ created_at, ...row }: GroupRow): DeviceGroup {
  return { ...row, createdAt: created_at.getTime() }
}
