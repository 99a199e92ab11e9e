import type { Database, Sql, Tx } from '../../../platform/database.ts'
import type { Scope } from '../../../platform/access.ts'
import { orderStateOf, stateOf, type DeliveryState } from '../domain/states.ts'
import type { AssignedComponent } from '../../service-definitions/index.ts'
import type { Had } from '../domain/compensate.ts'
import type { Proof } from '../domain/proof.ts'
import type {
  Concerned,
  Delivery,
  DeliveryFacts,
  DeliveryFilter,
  DeliveryRecord,
  NewOrder,
  Order,
  OrderItem,
  OrderStorage,
  PageRequest,
  Progress,
  Subscription,
  SubscriptionRecord,
} from '../app/storage.ts'

/** Order-processing's tables on PostgreSQL. Hot paths are multi-row statements straight to the driver. */
export function createOrderStore(database: Database): OrderStorage {
  return { ...subscriptionRows(database.sql), ...orderRows(database.sql), ...deliveryRows(database.sql) }
}

function subscriptionRows(sql: Sql) {
  return {
    async livingSubscriptions(tx: Tx, households: readonly string[]): Promise<Subscription[]> {
      return tx.sql<Subscription[]>`
        select ${subscriptionColumns(tx.sql)} from order_subscription
        where household = any(${households as string[]}) and state <> 'ended'
        order by id for update`
    },
    async addSubscriptions(tx: Tx, subscriptions: readonly Subscription[]) {
      if (subscriptions.length === 0) return
      await tx.sql`
        insert into order_subscription (id, tenant, household, service, version, state, commercial, created_at, updated_at)
        select * from jsonb_to_recordset(${tx.sql.json(subscriptions as never)}) as r
          (id text, tenant text, household text, service text, version text, state text, commercial text,
           "createdAt" timestamptz, "updatedAt" timestamptz)`
    },
    async recordSubscriptions(tx: Tx, records: readonly SubscriptionRecord[], now: Date) {
      if (records.length === 0) return []
      return tx.sql<Subscription[]>`
        update order_subscription s set state = r.state, commercial = r.commercial, version = r.version, updated_at = ${now}
        from jsonb_to_recordset(${tx.sql.json(records as never)})
          as r (subscription text, state text, commercial text, version text)
        where s.id = r.subscription
        returning s.id, s.tenant, s.household, s.service, s.version, s.state, s.commercial, s.created_at as "createdAt", s.updated_at as "updatedAt"`
    },
    async subscriptions(page: PageRequest & { household?: string | undefined }, scope: Scope): Promise<Subscription[]> {
      return sql<Subscription[]>`
        select ${subscriptionColumns(sql)} from order_subscription
        where tenant = ${scope.tenant} and id > ${page.after ?? ''}
          and (${inScope(sql, scope)} or id in (
            select i.subscription from order_item i join order_order o on o.id = i.order_id where o.requested_by = ${scope.owner}))
          ${page.household === undefined ? sql`` : sql`and household = ${page.household}`}
        order by id limit ${page.limit}`
    },
    async hasOrdered(principal: string, subscription: string): Promise<boolean> {
      const rows = await sql`
        select 1 from order_item i join order_order o on o.id = i.order_id
        where i.subscription = ${subscription} and o.requested_by = ${principal} limit 1`
      return rows.length > 0
    },
    async subscription(id: string): Promise<Subscription | null> {
      const rows = await sql<
        Subscription[]
      >`select ${subscriptionColumns(sql)} from order_subscription where id = ${id}`
      return rows[0] ?? null
    },
  }
}

function orderRows(sql: Sql) {
  return {
    async addOrders(tx: Tx, added: readonly NewOrder[]) {
      const orders = added.map(({ order }) => order)
      const items = added.flatMap((each) => each.items)
      const deliveries = added.flatMap(({ order, deliveries }) =>
        deliveries.map((delivery) => ({ ...delivery, at: order.createdAt })),
      )
      await tx.sql`
        with new_orders as (
          insert into order_order (id, tenant, household, requested_by, decision, reference, state, created_at, updated_at)
          select * from jsonb_to_recordset(${tx.sql.json(orders as never)}) as r
            (id text, tenant text, household text, "requestedBy" text, decision text, reference text, state text,
             "createdAt" timestamptz, "updatedAt" timestamptz)
        ), new_items as (
          insert into order_item (id, order_id, position, action, service, version, subscription, state, detail)
          select * from jsonb_to_recordset(${tx.sql.json(items as never)}) as r
            (id text, "order" text, position int, action text, service text, version text, subscription text, state text, detail text)
        )
        insert into order_delivery (id, tenant, order_id, item, subscription, household, device, kind, service, version, component,
          manifest, manifest_size, files, bytes, created_at, updated_at, state)
        select r.*, at, 'planned'
        from jsonb_to_recordset(${tx.sql.json(deliveries as never)}) as r
          (id text, tenant text, "order" text, item text, subscription text, household text, device text, kind text, service text,
           version text, component text, manifest text, "manifestSize" int, files int, bytes bigint, at timestamptz)`
    },
    async settleItems(tx: Tx, items: readonly string[], now: Date) {
      if (items.length === 0) return []
      const orders = await tx.sql<Order[]>`
        select ${orderColumns(tx.sql)} from order_order
        where id in (select order_id from order_item where id = any(${items as string[]})) order by id for update`
      const fresh = await itemsOf(
        tx.sql,
        orders.map((order) => order.id),
      )
      const changed = orders
        .map((order) => withLiveState({ ...order, updatedAt: now }, fresh))
        .filter(({ order }, index) => order.state !== orders[index]!.state)
      await writeStates(
        tx,
        fresh,
        changed.map(({ order }) => order),
        now,
      )
      return changed
    },
    async order(id: string): Promise<{ order: Order; items: OrderItem[] } | null> {
      const rows = await sql<Order[]>`select ${orderColumns(sql)} from order_order where id = ${id}`
      return rows[0] === undefined ? null : withLiveState(rows[0], await itemsOf(sql, [id]))
    },
    async orders(page: PageRequest & { household?: string | undefined }, scope: Scope) {
      const rows = await sql<Order[]>`
        select ${orderColumns(sql)} from order_order
        where tenant = ${scope.tenant} and id > ${page.after ?? ''}
          and (${inScope(sql, scope)} or requested_by = ${scope.owner})
          ${page.household === undefined ? sql`` : sql`and household = ${page.household}`}
        order by id limit ${page.limit}`
      const items = await itemsOf(
        sql,
        rows.map((row) => row.id),
      )
      return rows.map((order) => withLiveState(order, items))
    },
  }
}

async function writeStates(tx: Tx, items: readonly OrderItem[], orders: readonly Order[], now: Date): Promise<void> {
  if (items.length > 0)
    await tx.sql`
      update order_item i set state = r.state
      from unnest(${items.map((i) => i.id)}::text[], ${items.map((i) => i.state)}::text[]) as r (id, state) where i.id = r.id`
  if (orders.length > 0)
    await tx.sql`
      update order_order o set state = r.state, updated_at = ${now}
      from unnest(${orders.map((o) => o.id)}::text[], ${orders.map((o) => o.state)}::text[]) as r (id, state) where o.id = r.id`
}

/** Items of these orders, their states computed from their deliveries as they stand. */
async function itemsOf(sql: Sql, orders: readonly string[]): Promise<OrderItem[]> {
  if (orders.length === 0) return []
  const rows = await sql<(OrderItem & { states: DeliveryState[] | null })[]>`
    select i.id, i.order_id as "order", i.position, i.action, i.service, i.version, i.subscription, i.state, i.detail, d.states
    from order_item i
      left join (select item, array_agg(state) as states from order_delivery
                 where order_id = any(${orders as string[]}) group by item) d on d.item = i.id
    where i.order_id = any(${orders as string[]}) order by i.order_id, i.position`
  return rows.map(({ states, ...item }) => ({ ...item, state: states === null ? item.state : stateOf(states) }))
}

function withLiveState(order: Order, items: readonly OrderItem[]): { order: Order; items: OrderItem[] } {
  const own = items.filter((item) => item.order === order.id)
  return { order: { ...order, state: orderStateOf(own.map((item) => item.state)) }, items: own }
}

function deliveryRows(sql: Sql) {
  return {
    async deliveryFacts(own: Sql, ids: readonly string[]): Promise<DeliveryFacts[]> {
      if (ids.length === 0) return []
      return own<DeliveryFacts[]>`
        select d.id, d.order_id as "order", 4 as priority, jsonb_build_object('kind', 'person', 'id', o.requested_by) as origin,
          d.kind, d.service, d.version, d.bytes, d.files
        from order_delivery d join order_order o on o.id = d.order_id
        where d.id = any(${ids as string[]})`
    },
    async hadBefore(tx: Tx, ids: readonly string[]): Promise<Map<string, Had>> {
      if (ids.length === 0) return new Map()
      const rows = await tx.sql<(Had & { id: string })[]>`
        select distinct on (d.id) d.id, p.kind, p.version, p.component, p.manifest, p.manifest_size as "manifestSize", p.files, p.bytes
        from order_delivery d join order_delivery p
          on p.device = d.device and p.service = d.service and p.state = 'confirmed' and p.epoch < d.epoch and p.order_id <> d.order_id
        where d.id = any(${ids as string[]}) order by d.id, p.epoch desc`
      return new Map(rows.map(({ id, ...had }) => [id, had]))
    },
    async heldDeliveries(tx: Tx, whose: Concerned, after: string, limit: number): Promise<string[]> {
      const [[column, value]] = Object.entries(whose) as [[string, string]]
      const rows = await tx.sql<{ id: string }[]>`
        select id from order_delivery d
        where d.state = 'held' and ${tx.sql(`d.${column}`)} = ${value} and id > ${after} order by id limit ${limit}`
      return rows.map((row) => row.id)
    },
    async openDeliveries(tx: Tx, device: string): Promise<string[]> {
      const rows = await tx.sql<{ id: string }[]>`
        select id from order_delivery where device = ${device} and settled_at is null order by id`
      return rows.map((row) => row.id)
    },
    async devicesDelivered(tx: Tx, subscription: string): Promise<string[]> {
      const rows = await tx.sql<{ device: string }[]>`
        select distinct device from order_delivery where subscription = ${subscription} order by device`
      return rows.map((row) => row.device)
    },
    async deliveriesForUpdate(tx: Tx, ids: readonly string[]): Promise<Map<string, Delivery>> {
      const rows = await tx.sql<Delivery[]>`
        select ${deliveryColumns(tx.sql)} from order_delivery d where id = any(${ids as string[]}) order by id for update`
      return new Map(rows.map((row) => [row.id, row]))
    },
    async recordStates(tx: Tx, records: readonly DeliveryRecord[], now: Date): Promise<Delivery[]> {
      if (records.length === 0) return []
      const last = [...new Map(records.map((record) => [record.delivery, record])).values()]
      return tx.sql<Delivery[]>`
        update order_delivery d set state = r.state, detail = r.detail, updated_at = ${now},
          settled_at = case when r.state in ('confirmed', 'failed', 'cancelled') then ${now}::timestamptz end
        from unnest(${last.map((r) => r.delivery)}::text[], ${last.map((r) => r.state)}::text[], ${last.map((r) => r.detail)}::text[])
          as r (delivery, state, detail)
        where d.id = r.delivery and d.settled_at is null
        returning ${deliveryColumns(tx.sql)}`
    },
    async recordProgress(tx: Tx, progress: readonly Progress[], now: Date): Promise<Delivery[]> {
      if (progress.length === 0) return []
      const last = [...new Map(progress.map((record) => [record.delivery, record])).values()]
      return tx.sql<Delivery[]>`
        update order_delivery d set stage = r.stage, done = r.done, total = r.total, updated_at = ${now}
        from jsonb_to_recordset(${tx.sql.json(last as never)}) as r (delivery text, stage text, done bigint, total bigint)
        where d.id = r.delivery and d.settled_at is null
        returning ${deliveryColumns(tx.sql)}`
    },
    async recordProofs(tx: Tx, proofs: readonly { delivery: string; proof: Proof }[]) {
      if (proofs.length === 0) return
      await tx.sql`
        update order_delivery d set proof = r.proof
        from jsonb_to_recordset(${tx.sql.json(proofs as never)}) as r (delivery text, proof jsonb)
        where d.id = r.delivery and d.settled_at is null`
    },
    async assignedTo(device: string): Promise<AssignedComponent[]> {
      const rows = await sql<(Omit<AssignedComponent, 'manifest'> & { digest: string; size: number })[]>`
        select distinct d.service, d.version, d.component, d.manifest as digest, d.manifest_size as size
        from order_delivery d
        where d.device = ${device} and d.kind = 'install' and d.manifest is not null and (d.settled_at is null
          or (d.state = 'confirmed' and not exists (select from order_delivery n where n.device = d.device
            and n.service = d.service and n.epoch > d.epoch and n.state = 'confirmed')))
        order by d.service, d.version, d.component, digest limit 1024`
      return rows.map(({ digest, size, ...row }) => ({ ...row, manifest: { digest, size } }))
    },
    async delivery(id: string): Promise<Delivery | null> {
      const rows = await sql<Delivery[]>`select ${deliveryColumns(sql)} from order_delivery d where id = ${id}`
      return rows[0] ?? null
    },
    async deliveries(filter: DeliveryFilter, scope: Scope): Promise<Delivery[]> {
      const wanted = [
        ['order_id', filter.order],
        ['device', filter.device],
        ['household', filter.household],
        ['subscription', filter.subscription],
        ['state', filter.state],
      ].filter((pair): pair is [string, string] => pair[1] !== undefined)
      return sql<Delivery[]>`
        select ${deliveryColumns(sql)} from order_delivery d
        where d.tenant = ${scope.tenant} and id > ${filter.after ?? ''}
          and (${inScope(sql, scope)} or order_id in (select id from order_order where requested_by = ${scope.owner}))
          ${wanted.length === 0 ? sql`` : wanted.map(([column, value]) => sql`and ${sql(column)} = ${value}`)}
        order by id limit ${filter.limit}`
    },
  }
}

function inScope(sql: Sql, scope: Scope) {
  return scope.all ? sql`true` : sql`household = any(${scope.households as string[]})`
}

function subscriptionColumns(sql: Sql) {
  return sql`id, tenant, household, service, version, state, commercial, created_at as "createdAt", updated_at as "updatedAt"`
}

function orderColumns(sql: Sql) {
  return sql`id, tenant, household, requested_by as "requestedBy", decision, reference, state, created_at as "createdAt", updated_at as "updatedAt"`
}

/** Every statement on deliveries calls the table `d`, so that joined values never make a column ambiguous. */
function deliveryColumns(sql: Sql) {
  return sql`d.id, d.tenant, d.order_id as "order", d.item, d.subscription, d.household, d.device, d.kind, d.service, d.version,
    d.component, d.manifest, d.manifest_size as "manifestSize", d.files, d.bytes, d.epoch, d.state, d.detail, d.stage,
    d.done, d.total, d.proof, d.created_at as "createdAt", d.updated_at as "updatedAt", d.settled_at as "settledAt"`
}
