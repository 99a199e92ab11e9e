import { queries } from '../../../platform/database.ts'
import type { HouseholdStore } from '../app/storage.ts'
import type { Household } from '../domain/entities.ts'
import type { EntityTables } from './tables.ts'

export const householdStore: HouseholdStore = {
  async insert(sql, household) {
    const { timeZone, createdAt, ...rest } = household
    await queries<EntityTables>(sql)
      .insertInto('entity_household')
      .values({ ...rest, time_zone: timeZone, created_at: new Date(createdAt) })
      .execute()
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
