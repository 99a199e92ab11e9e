import type { Scope } from '../../../platform/access.ts'
import type { Sql, Tx } from '../../../platform/database.ts'
import type { NewOrder, OrderFilter } from '../app/storage.ts'
import type { OrderRequest } from '../contract.ts'
import type { Order, OrderItem, OrderWithItems } from '../domain/order.ts'
import { isOver, orderStates, type OrderState } from '../domain/order-states.ts'
import type { DeliveryState } from '../domain/states.ts'
import { insertDeliveries } from './delivery-rows.ts'
import { beyond, inOrder, since } from './paging.ts'
import { inScope } from './scope.ts'

/** Orders' and items' rows. Hot paths are multi-row statements straight to the driver. */
export function orderRows(sql: Sql) {
  return {
    addOrders,
    replaceScheduled,
    overtaken,
    async order(id: string): Promise<OrderWithItems | null> {
      const rows = await sql<OrderRow[]>`select ${orderColumns(sql)} from order_order o where id = ${id}`
      return (await withItems(sql, rows))[0] ?? null
    },
    async orders(filter: OrderFilter, scope: Scope): Promise<OrderWithItems[]> {
      const { household, state, open, jeopardy, originKind, originId, service, device } = filter
      const rows = await sql<OrderRow[]>`
        select ${orderColumns(sql)} from order_order o
        where tenant = ${scope.tenant} ${beyond(sql, filter)} ${since(sql, 'ord', filter.since)}
          and (${inScope(sql, scope)} or requested_by = ${scope.owner})
          ${household === undefined ? sql`` : sql`and household = ${household}`}
          ${state === undefined ? sql`` : sql`and state = ${state}`}
          ${open === undefined ? sql`` : sql`and state = any(${statesThatAre(open)})`}
          ${jeopardy === undefined ? sql`` : sql`and jeopardy is not null and jeopardy->>'level' = ${jeopardy}`}
          ${originKind === undefined ? sql`` : sql`and origin_kind = ${originKind}`}
          ${originId === undefined ? sql`` : sql`and origin_id = ${originId}`}
          ${service === undefined ? sql`` : sql`and exists (select from order_item i where i.order_id = o.id and i.service = ${service})`}
          ${device === undefined ? sql`` : sql`and id in (select order_id from order_delivery where device = ${device})`}
        ${inOrder(sql, filter)}`
      return withItems(sql, rows)
    },
    async requestOf(id: string): Promise<OrderRequest | null> {
      const rows = await sql<{ request: OrderRequest | null }[]>`select request from order_order where id = ${id}`
      return rows[0]?.request ?? null
    },
    async usualDuration(tenant: string): Promise<number | null> {
      const [found] = await sql<{ count: number; usual: number | null }[]>`
        select count(*)::int as count, extract(epoch from percentile_disc(0.9) within group (order by took)) * 1000 as usual
        from (select settled_at - greatest(created_at, requested_start) as took from order_order
              where tenant = ${tenant} and state = 'completed' and conducted order by id desc limit 200) as latest`
      return found === undefined || found.count < 10 || found.usual === null ? null : Number(found.usual)
    },
    async orderStates(ids: readonly string[]): Promise<{ id: string; state: OrderState }[]> {
      if (ids.length === 0) return []
      return sql<{ id: string; state: OrderState }[]>`
        select id, state from order_order where id = any(${ids as string[]}) order by id`
    },
  }
}

function statesThatAre(open: boolean): OrderState[] {
  return orderStates.filter((state) => isOver(state) !== open)
}

/** Those that there are, in order of id. */
export async function ordersByIds(sql: Sql, ids: readonly string[]): Promise<OrderWithItems[]> {
  const rows = await sql<OrderRow[]>`
    select ${orderColumns(sql)} from order_order o where id = any(${ids as string[]}) order by id`
  return withItems(sql, rows)
}

async function addOrders(tx: Tx, added: readonly NewOrder[]): Promise<void> {
  const orders = added.map(({ order, request }) => ({ ...order, request }))
  const items = added.flatMap((each) => each.items)
  const deliveries = added.flatMap(({ order, deliveries }) =>
    deliveries.map((delivery) => ({ ...delivery, at: order.createdAt })),
  )
  const written = tx.sql`
    with new_orders as (
      insert into order_order (id, tenant, household, requested_by, decision, reference, origin_kind, origin_id, origin_name,
        origin_cause, priority, requested_start, requested_completion, expected_completion, all_or_nothing, conducted, phase, state,
        detail, milestones, created_at, updated_at, settled_at, request)
      select id, tenant, household, "requestedBy", decision, reference, origin->>'kind', origin->>'id', origin->>'name',
        origin->>'cause', priority, "requestedStart", "requestedCompletion", "expectedCompletion", "allOrNothing", conducted, phase, state,
        detail, milestones, "createdAt", "updatedAt", "settledAt", request
      from jsonb_to_recordset(${tx.sql.json(orders as never)}) as r
        (id text, tenant text, household text, "requestedBy" text, decision text, reference text, origin jsonb, priority smallint,
         "requestedStart" timestamptz, "requestedCompletion" timestamptz, "expectedCompletion" timestamptz, "allOrNothing" boolean,
         conducted boolean, phase text, state text, detail text, milestones jsonb, "createdAt" timestamptz, "updatedAt" timestamptz,
         "settledAt" timestamptz, request jsonb)
    )
    insert into order_item (id, order_id, position, action, service, version, subscription, state, detail, phase, undoes, origin, because,
      channel, to_household, after, before, reasons, attempts)
    select * from jsonb_to_recordset(${tx.sql.json(items as never)}) as r
      (id text, "order" text, position int, action text, service text, version text, subscription text, state text, detail text,
       phase text, undoes boolean, origin text, because text, channel text, "to" text, after jsonb, before jsonb, reasons jsonb, attempts int)`.execute()
  // Sent together; the server takes one after the other.
  await Promise.all([written, insertDeliveries(tx, deliveries)])
}

async function replaceScheduled(tx: Tx, planned: NewOrder): Promise<void> {
  const { id } = planned.order
  await tx.sql`delete from order_item where order_id = ${id}`
  await tx.sql`delete from order_order where id = ${id}`
  await addOrders(tx, [planned])
}

async function overtaken(tx: Tx, items: readonly string[]): Promise<Set<string>> {
  const rows = await tx.sql<{ id: string }[]>`
    select i.id from order_item i
    where i.id = any(${items as string[]}) and exists (
      select from order_item n
      where n.subscription = i.subscription and n.id > i.id and n.phase <> 'waiting' and n.attempts > 0)`
  return new Set(rows.map(({ id }) => id))
}

type ItemRow = OrderItem & { states: DeliveryState[] | null; broke: boolean | null }

export interface FoundItem {
  readonly item: OrderItem
  readonly states: readonly DeliveryState[]
  /** Null when it has no deliveries. */
  readonly broke: boolean | null
}

/** Items of these orders, in their order, each with the states of its deliveries. */
export async function itemsOf(sql: Sql, orders: readonly string[]): Promise<Map<string, FoundItem[]>> {
  if (orders.length === 0) return new Map()
  const rows = await sql<ItemRow[]>`
    select i.id, i.order_id as "order", i.position, i.action, i.service, i.version, i.subscription, i.state, i.detail, i.phase, i.undoes,
      i.origin, i.because, i.channel, i.to_household as "to", i.after, i.before, i.reasons, i.attempts, d.states, d.broke
    from order_item i
      left join (select item, array_agg(state) as states, bool_or(state = 'failed' and not unreached and purpose = 'carry-out') as broke
                 from order_delivery
                 where order_id = any(${orders as string[]}) group by item) d on d.item = i.id
    where i.order_id = any(${orders as string[]}) order by i.order_id, i.position`
  const found = rows.map(({ states, broke, ...item }) => ({ item, states: states ?? [], broke }))
  return Map.groupBy(found, ({ item }) => item.order)
}

export async function withItems(sql: Sql, rows: readonly OrderRow[]): Promise<OrderWithItems[]> {
  const items = await itemsOf(
    sql,
    rows.map(({ id }) => id),
  )
  return rows.map((row) => ({ order: orderOf(row), items: (items.get(row.id) ?? []).map(({ item }) => item) }))
}

export type OrderRow = Omit<Order, 'origin'> & {
  readonly originKind: Order['origin']['kind']
  readonly originId: string
  readonly originName: string | null
  readonly originCause: string | null
}

export function orderOf({ originKind, originId, originName, originCause, ...order }: OrderRow): Order {
  return { ...order, origin: { kind: originKind, id: originId, name: originName, cause: originCause } }
}

export function orderColumns(sql: Sql) {
  return sql`o.id, o.tenant, o.household, o.requested_by as "requestedBy", o.decision, o.reference, o.origin_kind as "originKind",
    o.origin_id as "originId", o.origin_name as "originName", o.origin_cause as "originCause", o.priority,
    o.requested_start as "requestedStart", o.requested_completion as "requestedCompletion",
    o.expected_completion as "expectedCompletion", o.all_or_nothing as "allOrNothing", o.conducted, o.phase, o.undoing, o.state, o.detail,
    o.milestones, o.jeopardy, o.created_at as "createdAt", o.updated_at as "updatedAt", o.settled_at as "settledAt"`
}
