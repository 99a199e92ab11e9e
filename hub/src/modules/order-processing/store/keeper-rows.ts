import { mostKept, type Keeper } from '../../../platform/keepers.ts'

/** Orders under way that a refusal names. */
const mostNamed = 5

/** Orders are kept whoever placed them; a household with anything under way, or in use, stays as it is. */
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

  households: {
    async plan(sql, { from, into }) {
      const [row] = await sql<{ living: string[]; both: string[]; open: string[]; under: number; past: number }[]>`
        select array(select service from order_subscription where household = ${from} and state <> 'ended' order by service) as living,
          array(select f.service from order_subscription f join order_subscription i using (service)
            where f.household = ${from} and f.state <> 'ended' and i.household = ${into} and i.state <> 'ended') as both,
          array(select id from order_order where household = ${from} and settled_at is null order by id limit ${mostNamed}) as open,
          (select count(*)::int from order_order where household = ${from} and settled_at is null) as under,
          (select count(*)::int from order_order where household = ${from} and settled_at is not null) as past`
      const { living, both, open, under, past } = row!
      const more = under - open.length
      const because = 'they say where it was at the time'
      return {
        moves: [],
        ends:
          past === 0 ? [] : [{ what: 'orders that are over stay with the id that is given up', count: past, because }],
        blocks: [
          ...living.map((service) =>
            both.includes(service)
              ? `Both have ${service}: order its removal from ${from}, or from ${into} and then its move there, and wait for the end.`
              : `${from} has ${service}: order its move to ${into}, or its removal, and wait for the end.`,
          ),
          ...open.map((order) => `The order ${order} of ${from} is under way: wait for its end, or cancel it.`),
          ...(more > 0 ? [`${more} more orders of ${from} are under way.`] : []),
        ],
      }
    },
    async merge() {},
  },
}
