import { mostKept, type Keeper } from '../../../platform/keepers.ts'

/** Orders are kept whoever placed them. */
export const orderKeeper: Keeper = {
  name: 'orders',

  async kept(sql, { id }) {
    const [row] = await sql<{ orders: unknown; campaigns: unknown }[]>`
      select (select coalesce(jsonb_agg(o order by o.id desc), '[]') from (
        select o.id, o.household, o.reference, o.state, o.created_at as "createdAt", o.settled_at as "settledAt",
          (select jsonb_agg(jsonb_build_object('action', i.action, 'service', i.service, 'version', i.version, 'state', i.state)
            order by i.position) from order_item i where i.order_id = o.id) as items
        from order_order o where o.requested_by = ${id} order by o.id desc limit ${mostKept}) as o)
        as orders,
        (select coalesce(jsonb_agg(c order by c.id desc), '[]') from (
          select id, name, state, created_by = ${id} as "createdByThem" from order_campaign k
          where created_by = ${id} or started_by = ${id}
            or exists (select from order_campaign_act a where a.campaign = k.id and a.principal = ${id})
          order by id desc limit ${mostKept}) as c) as campaigns`
    return row!
  },

  async plan(sql, { id }) {
    const [row] = await sql<{ count: number; campaigns: number }[]>`
      select (select count(*)::int from order_order where requested_by = ${id}) as count,
        (select count(*)::int from order_campaign k where created_by = ${id} or started_by = ${id}
          or exists (select from order_campaign_act a where a.campaign = k.id and a.principal = ${id})) as campaigns`
    const because = 'what was ordered and carried out has to be accounted for; orders hold an id and no name'
    return {
      erased: [],
      stays: [
        { what: 'orders that they placed', count: row!.count, because },
        { what: 'campaigns that they made or decided on', count: row!.campaigns, because },
      ].filter(({ count }) => count > 0),
    }
  },

  async erase({ sql }, { id }) {
    await sql`update order_order set origin_name = 'erased' where requested_by = ${id} and origin_kind = 'person' and origin_name is not null`
    await sql`update order_campaign_act set name = 'erased' where principal = ${id}`
  },
}
