import type { Scope } from '../../../platform/access.ts'
import type { Sql, Tx } from '../../../platform/database.ts'
import type { NewOrder, OrderFilter } from '../app/storage.ts'
import { follow } from '../domain/follow.ts'
import type { FollowedOrder, Order, OrderItem, OrderWithItems } from '../domain/order.ts'
import type { OrderState } from '../domain/order-states.ts'
import type { DeliveryState } from '../domain/states.ts'
import { inScope } from './scope.ts'

/** Orders' and items' rows. Hot paths are multi-row statements straight to the driver. */
export function orderRows(sql: Sql) {
  return {
    addOrders,
    followDeliveries,
    async order(id: string): Promise<OrderWithItems | null> {
      const rows = await sql<OrderRow[]>`select ${orderColumns(sql)} from order_order o where id = ${id}`
      return (await withItems(sql, rows))[0] ?? null
    },
    async orders(filter: OrderFilter, scope: Scope): Promise<OrderWithItems[]> {
      const { household, state, originKind, originId, service } = filter
      const rows = await sql<OrderRow[]>`
        select ${orderColumns(sql)} from order_order o
        where tenant = ${scope.tenant} and id > ${filter.after ?? ''}
          and (${inScope(sql, scope)} or requested_by = ${scope.owner})
          ${household === undefined ? sql`` : sql`and household = ${household}`}
          ${state === undefined ? sql`` : sql`and state = ${state}`}
          ${originKind === undefined ? sql`` : sql`and origin_kind = ${originKind}`}
          ${originId === undefined ? sql`` : sql`and origin_id = ${originId}`}
          ${service === undefined ? sql`` : sql`and exists (select from order_item i where i.order_id = o.id and i.service = ${service})`}
        order by id limit ${filter.limit}`
      return withItems(sql, rows)
    },
    async orderStates(ids: readonly string[]): Promise<{ id: string; state: OrderState }[]> {
      if (ids.length === 0) return []
      return sql<{ id: string; state: OrderState }[]>`
        select id, state from order_order where id = any(${ids as string[]}) order by id`
    },
  }
}

async function addOrders(tx: Tx, added: readonly NewOrder[]): Promise<void> {
  const orders = added.map(({ order }) => order)
  const items = added.flatMap((each) => each.items)
  const deliveries = added.flatMap(({ order, deliveries }) =>
    deliveries.map((delivery) => ({ ...delivery, at: order.createdAt })),
  )
  await tx.sql`
    with new_orders as (
      insert into order_order (id, tenant, household, requested_by, decision, reference, origin_kind, origin_id, origin_name,
        origin_cause, priority, requested_start, requested_completion, expected_completion, all_or_nothing, conducted, state,
        detail, milestones, created_at, updated_at, settled_at)
      select id, tenant, household, "requestedBy", decision, reference, origin->>'kind', origin->>'id', origin->>'name',
        origin->>'cause', priority, "requestedStart", "requestedCompletion", "expectedCompletion", "allOrNothing", conducted, state,
        detail, milestones, "createdAt", "updatedAt", "settledAt"
      from jsonb_to_recordset(${tx.sql.json(orders as never)}) as r
        (id text, tenant text, household text, "requestedBy" text, decision text, reference text, origin jsonb, priority smallint,
         "requestedStart" timestamptz, "requestedCompletion" timestamptz, "expectedCompletion" timestamptz, "allOrNothing" boolean,
         conducted boolean, state text, detail text, milestones jsonb, "createdAt" timestamptz, "updatedAt" timestamptz,
         "settledAt" timestamptz)
    ), new_items as (
      insert into order_item (id, order_id, position, action, service, version, subscription, state, detail, phase, origin, because,
        channel, to_household, after, before, reasons, attempts)
      select * from jsonb_to_recordset(${tx.sql.json(items as never)}) as r
        (id text, "order" text, position int, action text, service text, version text, subscription text, state text, detail text,
         phase text, origin text, because text, channel text, "to" text, after jsonb, before jsonb, reasons jsonb, attempts int)
    )
    insert into order_delivery (id, tenant, order_id, item, subscription, household, device, kind, service, version, component,
      manifest, manifest_size, files, bytes, turn, purpose, created_at, updated_at, state)
    select r.*, at, 'planned'
    from jsonb_to_recordset(${tx.sql.json(deliveries as never)}) as r
      (id text, tenant text, "order" text, item text, subscription text, household text, device text, kind text, service text,
       version text, component text, manifest text, "manifestSize" int, files int, bytes bigint, turn int, purpose text, at timestamptz)`
}

async function followDeliveries(tx: Tx, ids: readonly string[], now: Date): Promise<FollowedOrder[]> {
  if (ids.length === 0) return []
  const rows = await tx.sql<OrderRow[]>`
    select ${orderColumns(tx.sql)} from order_order o where id = any(${ids as string[]}) order by id for update`
  const items = await itemsOf(tx.sql, ids)
  const followed = rows.map((row) => {
    const own = items.get(row.id) ?? []
    const states = new Map(own.map(({ item, states }) => [item.id, states]))
    return follow({ order: orderOf(row), items: own.map(({ item }) => item) }, states, now)
  })
  const before = new Map([...items.values()].flat().map(({ item }) => [item.id, item.state]))
  const changed = followed.filter(({ moved, reached }) => moved || reached.length > 0)
  await writeStates(
    tx,
    followed.flatMap(({ items: own }) => own.filter((item) => before.get(item.id) !== item.state)),
    changed.map(({ order }) => order),
  )
  return changed
}

async function writeStates(tx: Tx, items: readonly OrderItem[], orders: readonly Order[]): Promise<void> {
  if (items.length > 0)
    await tx.sql`
      update order_item i set state = r.state
      from unnest(${items.map((i) => i.id)}::text[], ${items.map((i) => i.state)}::text[]) as r (id, state) where i.id = r.id`
  if (orders.length > 0)
    await tx.sql`
      with written as (
        update order_order o set state = r.state, milestones = r.milestones, updated_at = r."updatedAt", settled_at = r."settledAt"
        from jsonb_to_recordset(${tx.sql.json(orders as never)}) as r
          (id text, state text, milestones jsonb, "updatedAt" timestamptz, "settledAt" timestamptz)
        where o.id = r.id returning o.id, o.origin_kind, o.origin_id, o.settled_at
      )
      ${noteSettled(tx.sql)}`
}

/** Ends of campaigns' orders wait for the campaign's next look. `written`: the orders that were. */
function noteSettled(sql: Sql) {
  return sql`
    insert into order_campaign_settled (campaign, order_id)
    select origin_id, id from written where origin_kind = 'campaign' and settled_at is not null`
}

type ItemRow = OrderItem & { states: DeliveryState[] | null }

/** Items of these orders, in their order, each with the states of its deliveries. */
async function itemsOf(
  sql: Sql,
  orders: readonly string[],
): Promise<Map<string, { item: OrderItem; states: readonly DeliveryState[] }[]>> {
  if (orders.length === 0) return new Map()
  const rows = await sql<ItemRow[]>`
    select i.id, i.order_id as "order", i.position, i.action, i.service, i.version, i.subscription, i.state, i.detail, i.phase,
      i.origin, i.because, i.channel, i.to_household as "to", i.after, i.before, i.reasons, i.attempts, d.states
    from order_item i
      left join (select item, array_agg(state) as states from order_delivery
                 where order_id = any(${orders as string[]}) group by item) d on d.item = i.id
    where i.order_id = any(${orders as string[]}) order by i.order_id, i.position`
  const found = rows.map(({ states, ...item }) => ({ item, states: states ?? [] }))
  return Map.groupBy(found, ({ item }) => item.order)
}

async function withItems(sql: Sql, rows: readonly OrderRow[]): Promise<OrderWithItems[]> {
  const items = await itemsOf(
    sql,
    rows.map(({ id }) => id),
  )
  return rows.map((row) => ({ order: orderOf(row), items: (items.get(row.id) ?? []).map(({ item }) => item) }))
}

type OrderRow = Omit<Order, 'origin'> & {
  readonly originKind: Order['origin']['kind']
  readonly originId: string
  readonly originName: string | null
  readonly originCause: string | null
}

function orderOf({ originKind, originId, originName, originCause, ...order }: OrderRow): Order {
  return { ...order, origin: { kind: originKind, id: originId, name: originName, cause: originCause } }
}

function orderColumns(sql: Sql) {
  return sql`o.id, o.tenant, o.household, o.requested_by as "requestedBy", o.decision, o.reference, o.origin_kind as "originKind",
    o.origin_id as "originId", o.origin_name as "originName", o.origin_cause as "originCause", o.priority,
    o.requested_start as "requestedStart", o.requested_completion as "requestedCompletion",
    o.expected_completion as "expectedCompletion", o.all_or_nothing as "allOrNothing", o.conducted, o.state, o.detail,
    o.milestones, o.jeopardy, o.created_at as "createdAt", o.updated_at as "updatedAt", o.settled_at as "settledAt"`
}
