import type { Sql, Tx } from '../../../platform/database.ts'
import type { FoundOrder } from '../app/storage.ts'
import { follow } from '../domain/follow.ts'
import type { FollowedOrder, Jeopardy, Order, OrderItem, OrderWithItems } from '../domain/order.ts'
import { itemsOf, orderColumns, orderOf, type FoundItem, type OrderRow } from './order-rows.ts'

/** Orders' and items' rows while they are led and followed. Hot paths are multi-row statements straight to the driver. */
export const ledRows = { followDeliveries, ordersForUpdate, writeLed, setJeopardy }

async function ordersForUpdate(tx: Tx, ids: readonly string[]): Promise<FoundOrder[]> {
  return (await locked(tx, ids)).map(({ order, items }) => {
    const broke = new Map(items.flatMap(({ item, broke }) => (broke === null ? [] : [[item.id, broke] as const])))
    return { order, items: items.map(({ item }) => item), broke }
  })
}

/** Those that there are, locked, in order of id. The items are read after the locks are had. */
async function locked(tx: Tx, ids: readonly string[]): Promise<{ order: Order; items: readonly FoundItem[] }[]> {
  if (ids.length === 0) return []
  const rows = await tx.sql<OrderRow[]>`
    select ${orderColumns(tx.sql)} from order_order o where id = any(${ids as string[]}) order by id for no key update`
  const items = await itemsOf(
    tx.sql,
    rows.map(({ id }) => id),
  )
  return rows.map((row) => ({ order: orderOf(row), items: items.get(row.id) ?? [] }))
}

async function writeLed(tx: Tx, led: readonly OrderWithItems[]): Promise<void> {
  const orders = led.map(({ order }) => order)
  const items = led.flatMap((each) => each.items)
  await tx.sql`
    with led_items as (
      update order_item i set phase = r.phase, state = r.state, detail = r.detail, undoes = r.undoes, attempts = r.attempts,
        subscription = r.subscription
      from jsonb_to_recordset(${tx.sql.json(items as never)}) as r
        (id text, phase text, state text, detail text, undoes boolean, attempts int, subscription text)
      where i.id = r.id
    ), written as (
      update order_order o set phase = r.phase, undoing = r.undoing, state = r.state, detail = r.detail, milestones = r.milestones,
        jeopardy = r.jeopardy, updated_at = r."updatedAt", settled_at = r."settledAt"
      from jsonb_to_recordset(${tx.sql.json(orders as never)}) as r
        (id text, phase text, undoing text, state text, detail text, milestones jsonb, jeopardy jsonb, "updatedAt" timestamptz,
         "settledAt" timestamptz)
      where o.id = r.id returning o.id, o.origin_kind, o.origin_id, o.settled_at
    )
    ${noteSettled(tx.sql)}`
}

async function setJeopardy(tx: Tx, order: string, jeopardy: Jeopardy | null): Promise<void> {
  await tx.sql`update order_order set jeopardy = ${jeopardy === null ? null : tx.sql.json(jeopardy as never)} where id = ${order}`
}

async function followDeliveries(tx: Tx, ids: readonly string[], now: Date): Promise<FollowedOrder[]> {
  const found = await locked(tx, ids)
  const followed = found.map(({ order, items }) => {
    const states = new Map(items.map(({ item, states }) => [item.id, states]))
    return follow({ order, items: items.map(({ item }) => item) }, states, now)
  })
  const before = new Map(found.flatMap(({ items }) => items.map(({ item }) => [item.id, item.state] as const)))
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
