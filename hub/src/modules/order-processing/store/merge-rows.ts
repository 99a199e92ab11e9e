import type { MergeStorage, OpenOrder } from '../app/merge-households.ts'

/** What two households that become one have of orders. */
export const mergeRows: MergeStorage = {
  async openOrders({ sql }, households, most) {
    const ids = households as string[]
    const rows = await sql<(OpenOrder & { total: number })[]>`
      select id, household, (count(*) over ())::int as total from (
        select id, household from order_order where household = any(${ids}) and settled_at is null
        union
        select o.id, o.household from order_item i join order_order o on o.id = i.order_id
        where i.to_household = any(${ids}) and o.settled_at is null) as open
      order by id limit ${most}`
    return { named: rows.map(({ id, household }) => ({ id, household })), total: rows[0]?.total ?? 0 }
  },

  async countOver({ sql }, household) {
    const [row] = await sql<{ count: number }[]>`
      select count(*)::int as count from order_order where household = ${household} and settled_at is not null`
    return row!.count
  },

  // What devices have proved, what differs on them and what campaigns have planned for them is their household's from now on.
  async moveLiving({ sql }, { tenant, from, into }, devices) {
    await sql`
      with moved as (update order_subscription set household = ${into} where household = ${from} and state <> 'ended' returning id)
      update order_delivery d set household = ${into} from moved where d.subscription = moved.id and d.household = ${from}`
    await sql`update order_drift set household = ${into} where device = any(${devices as string[]}) and household = ${from}`
    await sql`
      update order_campaign_target t set household = ${into}
      from order_campaign c, unnest(${devices as string[]}::text[]) as d (device)
      where c.tenant = ${tenant} and t.campaign = c.id and t.device = d.device and t.household = ${from}`
  },
}
