import { mostKept, type Keeper } from '../../../platform/keepers.ts'

/** Orders are kept whoever placed them; a household with anything under way, or in use, stays as it is. */
export const orderKeeper: Keeper = {
  name: 'orders',

  async kept(sql, { id }) {
    const [row] = await sql<{ orders: unknown }[]>`
      select coalesce(jsonb_agg(o order by o.id desc), '[]') as orders from (
        select o.id, o.household, o.reference, o.state, o.created_at as "createdAt", o.settled_at as "settledAt",
          (select jsonb_agg(jsonb_build_object('action', i.action, 'service', i.service, 'version', i.version, 'state', i.state)
            order by i.position) from order_item i where i.order_id = o.id) as items
        from order_order o where o.requested_by = ${id} order by o.id desc limit ${mostKept}) as o`
    return { orders: row!.orders }
  },

  async plan(sql, { id }) {
    const [row] = await sql<{ count: number }[]>`
      select count(*)::int as count from order_order where requested_by = ${id}`
    const because = 'what was ordered and carried out has to be accounted for; orders hold an id and no name'
    return {
      erased: [],
      stays: row!.count === 0 ? [] : [{ what: 'orders that they placed', count: row!.count, because }],
    }
  },

  async erase() {},

  households: {
    async plan(sql, { from, into }) {
      const [row] = await sql<{ living: string[]; open: string[]; past: number }[]>`
        select array(select service from order_subscription where household = ${from} and state <> 'ended' order by service) as living,
          array(select id from order_order where household = ${from} and settled_at is null order by id limit 5) as open,
          (select count(*)::int from order_order where household = ${from} and settled_at is not null) as past`
      const { living, open, past } = row!
      const because = 'they say where it was at the time'
      return {
        moves: [],
        ends:
          past === 0 ? [] : [{ what: 'orders that are over stay with the id that is given up', count: past, because }],
        blocks: [
          ...living.map(
            (service) => `${from} has ${service}: order its move to ${into}, or its removal, and wait for the end.`,
          ),
          ...open.map((order) => `The order ${order} of ${from} is under way: wait for its end, or cancel it.`),
        ],
      }
    },
    async merge() {},
  },
}
