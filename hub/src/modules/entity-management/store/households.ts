import { queries } from '../../../platform/database.ts'
import type { HouseholdStore } from '../app/storage.ts'
import type { Household } from '../domain/entities.ts'
import { tagged, type EntityTables } from './tables.ts'

export const householdStore: HouseholdStore = {
  async insert(sql, households) {
    const rows = households.map(({ timeZone, createdAt, ...rest }) => ({
      ...rest,
      time_zone: timeZone,
      created_at: new Date(createdAt),
    }))
    await sql`
      insert into entity_household (id, tenant, name, kind, version, time_zone, tags, attributes, created_at)
      select id, tenant, name, kind, version, time_zone, tags, attributes, created_at
      from jsonb_to_recordset(${sql.json(rows as never)}) as r (id text, tenant text, name text, kind text, version int,
        time_zone text, tags text[], attributes jsonb, created_at timestamptz)`
  },

  async find(sql, ids, lock = false) {
    const query = queries<EntityTables>(sql)
      .selectFrom('entity_household')
      .selectAll()
      .where('id', 'in', ids)
      .orderBy('id')
    return ids.length === 0 ? [] : (await (lock ? query.forUpdate() : query).execute()).map(householdOf)
  },

  async page(sql, { limit, after, kind, tag }, scope) {
    if (!scope.all && scope.households.length === 0) return []
    let query = queries<EntityTables>(sql)
      .selectFrom('entity_household')
      .selectAll()
      .where('tenant', '=', scope.tenant)
      .where('merged_into', 'is', null)
      .orderBy('id')
      .limit(limit)
    if (after !== undefined) query = query.where('id', '>', after)
    if (kind !== undefined) query = query.where('kind', '=', kind)
    if (tag !== undefined) query = query.where(tagged('entity_household', tag))
    if (!scope.all) query = query.where('id', 'in', scope.households)
    return (await query.execute()).map(householdOf)
  },

  async update(sql, { id, name, kind, timeZone, tags, attributes, version }) {
    await sql`
      update entity_household set name = ${name}, kind = ${kind}, time_zone = ${timeZone}, tags = ${[...tags]},
        attributes = ${sql.json(attributes)}, version = ${version}
      where id = ${id}`
  },
}

function householdOf(row: EntityTables['entity_household']): Household {
  const { time_zone, created_at, merged_into, ...rest } = row
  return { ...rest, mergedInto: merged_into, timeZone: time_zone, createdAt: created_at.getTime() }
}
