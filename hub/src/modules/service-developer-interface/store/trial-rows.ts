import type { Database, Sql } from '../../../platform/database.ts'
import type { Trial, Trials } from '../app/trial-storage.ts'

export function trialRows({ sql }: Pick<Database, 'sql'>): Trials {
  return {
    async insert(tx, { id, tenant, service, version, household, devices, had, order, by, at }) {
      await tx.sql`
        insert into developer_trial (id, tenant, service, version, household, devices, had, order_id, by_id, at)
        values (${id}, ${tenant}, ${service}, ${version}, ${household}, ${[...devices]}, ${had}, ${order}, ${by}, ${at})`
    },
    async find({ tenant, service, version, id }) {
      const [row] = await sql<Trial[]>`
        select ${columns(sql)} from developer_trial
        where id = ${id} and tenant = ${tenant} and service = ${service} and version = ${version}`
      return row ?? null
    },
    page: ({ tenant, service, version }, after, limit) => sql<Trial[]>`
      select ${columns(sql)} from developer_trial
      where tenant = ${tenant} and service = ${service} and version = ${version} ${after === undefined ? sql`` : sql`and id < ${after}`}
      order by id desc limit ${limit}`,
    async undo(tx, id, order) {
      const undone = await tx.sql`
        update developer_trial set undo_order = ${order} where id = ${id} and undo_order is null`
      return undone.count === 1
    },
  }
}

function columns(sql: Sql) {
  return sql`id, tenant, service, version, household, devices, had, order_id as "order", undo_order as "undoOrder", by_id as by, at`
}
