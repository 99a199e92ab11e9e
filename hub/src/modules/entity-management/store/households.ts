import { queries } from '../../../platform/database.ts'
import type { HouseholdStore } from '../app/storage.ts'
import type { Household } from '../domain/entities.ts'
import type { EntityTables } from './tables.ts'

export const householdStore: HouseholdStore = {
  async insert(sql, households) {
    const rows = households.map(({ timeZone, createdAt, ...rest }) => ({
      ...rest,
      time_zone: timeZone,
      created_at: new Date(createdAt),
    }))
    await sql`
      insert into entity_household (id, tenant, name, version, time_zone, created_at)
      select id, tenant, name, version, time_zone, created_at
      from jsonb_to_recordset(${sql.json(rows as never)}) as r
        (id text, tenant text, name text, version int, time_zone text, created_at timestamptz)`
  },

  async find(sql, ids, lock = false) {
    const query = queries<EntityTables>(sql)
      .selectFrom('entity_household')
      .selectAll()
      .where('id', 'in', ids)
      .orderBy('id')
    return ids.length === 0 ? [] : (await (lock ? query.forUpdate() : query).execute()).map(householdOf)
  },

  async page(sql, { limit, after }, scope) {
    if (!scope.all && scope.households.length === 0) return []
    let query = queries<EntityTables>(sql)
      .selectFrom('entity_household')
      .selectAll()
      .where('tenant', '=', scope.tenant)
      .orderBy('id')
      .limit(limit)
    if (after !== undefined) query = query.where('id', '>', after)
    if (!scope.all) query = query.where('id', 'in', scope.households)
    return (await query.execute()).map(householdOf)
  },

  async update(sql, { id, name, timeZone, version }) {
    await queries<EntityTables>(sql)
      .updateTable('entity_household')
      .set({ name, time_zone: timeZone, version })
      .where('id', '=', id)
      .execute()
  },
}

function householdOf(row: EntityTables['entity_household']): Household {
  const { time_zone, created_at, ...rest } = row
  return { ...rest, timeZone: time_zone, createdAt: created_at.getTime() }
}
