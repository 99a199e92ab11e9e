import type { Scope } from '../../../platform/access.ts'
import type { Sql } from '../../../platform/database.ts'
import { countedAtMost } from '../../order-processing/index.ts'
import type { TmfStorage } from '../app/tmf/storage.ts'
import type { Cancellation } from '../domain/tmf/cancellation-view.ts'
import type { KeptOrder } from '../domain/tmf/order-request.ts'

export const tmfRows: TmfStorage = {
  async keepOrder(sql, tenant, order, kept) {
    await sql`
      insert into participant_tmf_order (order_id, tenant, kept)
      values (${order}, ${tenant}, ${sql.json(kept as never)})`
  },
  async keptOrders(sql, orders) {
    const rows = await sql<{ order_id: string; kept: KeptOrder }[]>`
      select order_id, kept from participant_tmf_order where order_id = any(${orders as string[]})`
    return new Map(rows.map(({ order_id: order, kept }) => [order, kept]))
  },
  async addCancellation(sql, { id, order, household, owner, reason, askedBy, askedAt }) {
    await sql`
      insert into participant_tmf_cancellation (id, order_id, household, owner, reason, asked_by, asked_at)
      values (${id}, ${order}, ${household}, ${owner}, ${reason}, ${askedBy}, ${askedAt})`
  },
  async cancellation(sql, id) {
    const [row] = await sql<(Cancellation & { tenant: string })[]>`
      select ${columns(sql)}, tenant from participant_tmf_cancellation where id = ${id}`
    return row ?? null
  },
  async cancellations(sql, order, { offset, limit }, scope) {
    const where = whereOf(sql, order, scope)
    const [rows, counted] = await Promise.all([
      sql<Cancellation[]>`
        select ${columns(sql)} from participant_tmf_cancellation where ${where} order by id desc offset ${offset} limit ${limit}`,
      sql<{ count: number }[]>`
        select count(*)::int as count from (
          select 1 from participant_tmf_cancellation where ${where} limit ${countedAtMost}) as matching`,
    ])
    return { rows, total: counted[0]?.count ?? 0 }
  },
}

function whereOf(sql: Sql, order: string | undefined, scope: Scope) {
  return sql`tenant = ${scope.tenant}
    and (${scope.all} or household = any(${scope.households as string[]}) or owner = ${scope.owner})
    ${order === undefined ? sql`` : sql`and order_id = ${order}`}`
}

function columns(sql: Sql) {
  return sql`id, order_id as "order", household, owner, reason, asked_by as "askedBy", asked_at as "askedAt"`
}
