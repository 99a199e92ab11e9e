import type { Scope } from '../../../platform/access.ts'
import type { Database, Sql } from '../../../platform/database.ts'
import {
  countedAtMost,
  type Between,
  type CalledOrder,
  type OrderSearch,
  type SearchStorage,
  type Slice,
  type SubscriptionDetails,
  type SubscriptionSearch,
} from '../app/search.ts'
import type { Subscription } from '../app/storage.ts'
import { orderColumns, withItems, type OrderRow } from './order-rows.ts'
import { inScope } from './scope.ts'
import { subscriptionColumns } from './subscription-rows.ts'

/** Searches by place and number. Ids of one hub sort by time, so that pages by id are pages by time. */
export function searchRows({ sql }: Pick<Database, 'sql'>): SearchStorage {
  return {
    async calledOrders(text, most, scope) {
      const begin = /^[a-z0-9-]{6,64}$/i.test(text) ? `${text.toLowerCase()}%` : null
      return sql<CalledOrder[]>`
        select id, household, state, reference from order_order o
        where tenant = ${scope.tenant} and (${inScope(sql, scope)} or requested_by = ${scope.owner})
          and (reference = ${text} ${begin === null ? sql`` : sql`or id like ${begin}`})
        order by id desc limit ${most}`
    },
    async searchOrders(search, slice, scope) {
      const where = ordersWhere(sql, search, scope)
      const [rows, total] = await Promise.all([
        sql<OrderRow[]>`select ${orderColumns(sql)} from order_order o where ${where} ${sliced(sql, slice)}`,
        counted(sql, sql`from order_order o where ${where}`),
      ])
      return { rows: await withItems(sql, rows), total }
    },
    async searchSubscriptions(search, slice, scope) {
      const where = subscriptionsWhere(sql, search, scope)
      const [rows, total] = await Promise.all([
        sql<
          Subscription[]
        >`select ${subscriptionColumns(sql)} from order_subscription s where ${where} ${sliced(sql, slice)}`,
        counted(sql, sql`from order_subscription s where ${where}`),
      ])
      return { rows, total }
    },
    async subscriptionsOf(ids) {
      return sql<Subscription[]>`
        select ${subscriptionColumns(sql)} from order_subscription s where id = any(${ids as string[]})`
    },
    async subscriptionDetails(ids) {
      const rows = await sql<(SubscriptionDetails & { id: string })[]>`
        select s.id,
          coalesce((select jsonb_agg(device order by device) from (
            select distinct device from order_delivery d
            where d.subscription = s.id and d.state = 'confirmed' and d.kind <> 'remove' and not exists (
              select from order_delivery r where r.subscription = d.subscription and r.device = d.device
                and r.kind = 'remove' and r.state = 'confirmed' and r.id > d.id)
            limit 250) as had), '[]') as devices,
          coalesce((select jsonb_agg(jsonb_build_object('order', order_id, 'item', id, 'action', action) order by order_id, position) from (
            select order_id, id, action, position from order_item i where i.subscription = s.id order by order_id desc limit 100
          ) as latest), '[]') as items
        from unnest(${ids as string[]}::text[]) as s (id)`
      return new Map(rows.map(({ id, devices, items }) => [id, { devices, items }]))
    },
  }
}

function ordersWhere(sql: Sql, search: OrderSearch, scope: Scope) {
  const { states, references, household, service, subscription, priority } = search
  return sql`tenant = ${scope.tenant} and (${inScope(sql, scope)} or requested_by = ${scope.owner})
    ${states === undefined ? sql`` : sql`and state = any(${states as string[]})`}
    ${references === undefined ? sql`` : sql`and reference = any(${references as string[]})`}
    ${household === undefined ? sql`` : sql`and household = ${household}`}
    ${priority === undefined ? sql`` : sql`and priority = ${priority}`}
    ${service === undefined ? sql`` : sql`and exists (select from order_item i where i.order_id = o.id and i.service = ${service})`}
    ${subscription === undefined ? sql`` : sql`and id in (select order_id from order_item where subscription = ${subscription})`}
    ${between(sql, 'created_at', search.created)} ${between(sql, 'requested_start', search.requestedStart)}
    ${between(sql, 'requested_completion', search.requestedCompletion)} ${between(sql, 'settled_at', search.settled)}`
}

function subscriptionsWhere(sql: Sql, search: SubscriptionSearch, scope: Scope) {
  const { standings, household, service, version, device } = search
  const any = (standings ?? []).reduce(
    (all, { ended, commercial }) =>
      ended
        ? sql`${all} or state = 'ended'`
        : sql`${all} or (state <> 'ended' and commercial = any(${commercial as string[]}))`,
    sql`false`,
  )
  return sql`tenant = ${scope.tenant} and (${inScope(sql, scope)} or id in (
      select i.subscription from order_item i join order_order o on o.id = i.order_id where o.requested_by = ${scope.owner}))
    ${standings === undefined ? sql`` : sql`and (${any})`}
    ${household === undefined ? sql`` : sql`and household = ${household}`}
    ${service === undefined ? sql`` : sql`and service = ${service}`}
    ${version === undefined ? sql`` : sql`and version = ${version}`}
    ${device === undefined ? sql`` : sql`and id in (select subscription from order_delivery where device = ${device})`}
    ${between(sql, 'created_at', search.created)}`
}

function between(sql: Sql, column: string, { from, to }: Between = {}) {
  const at = sql(column)
  const after = from === undefined ? sql`` : from[1] ? sql`and ${at} >= ${from[0]}` : sql`and ${at} > ${from[0]}`
  const before = to === undefined ? sql`` : to[1] ? sql`and ${at} <= ${to[0]}` : sql`and ${at} < ${to[0]}`
  return sql`${after} ${before}`
}

function sliced(sql: Sql, { offset, limit, newestFirst }: Slice) {
  return sql`order by id ${newestFirst ? sql`desc` : sql`asc`} offset ${offset} limit ${limit}`
}

async function counted(sql: Sql, from: ReturnType<typeof ordersWhere>): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from (select 1 ${from} limit ${countedAtMost}) as matching`
  return row?.count ?? 0
}
