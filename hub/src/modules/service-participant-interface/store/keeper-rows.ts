import { mostKept, type Keeper } from '../../../platform/keepers.ts'

/** What people asked to be told, and asked to be done: the former ends with them, the latter is told by an id. */
export const participantKeeper: Keeper = {
  name: 'participation',

  async kept(sql, { id, email, tenant }) {
    const [row] = await sql<{ kept: Record<string, unknown> }[]>`
      select jsonb_build_object(
        'webhooks', (select coalesce(jsonb_agg(w), '[]') from (
          select id, name, url, types, state, created_at as "createdAt" from participant_webhook where owner = ${id}
          order by id desc limit ${mostKept}) w),
        'notifications', (select coalesce(jsonb_agg(n), '[]') from (
          select id, email, kinds, types, state, created_at as "createdAt" from participant_notification
          where owner = ${id} or email = ${email} and tenant = ${tenant} order by id desc limit ${mostKept}) n),
        'deviceOperations', (select coalesce(jsonb_agg(o), '[]') from (
          select id, operation, state, created_at as "createdAt" from participant_operation where started_by = ${id}
          order by id desc limit ${mostKept}) o),
        'cancellations', (select coalesce(jsonb_agg(c), '[]') from (
          select id, order_id as "order", reason, asked_at as "askedAt" from participant_tmf_cancellation where asked_by = ${id}
          order by id desc limit ${mostKept}) c)) as kept`
    return row!.kept
  },

  async plan(sql, { id, email, tenant }) {
    const [row] = await sql<{ webhooks: number; notifications: number; asked: number }[]>`
      select (select count(*)::int from participant_webhook where owner = ${id}) as webhooks,
        (select count(*)::int from participant_notification where owner = ${id} or email = ${email} and tenant = ${tenant}) as notifications,
        (select count(*) from participant_operation where started_by = ${id})::int
          + (select count(*) from participant_tmf_cancellation where asked_by = ${id})::int as asked`
    const { webhooks, notifications, asked } = row!
    const because = 'what was done has to be accounted for; it holds an id and no name'
    return {
      erased: [
        { what: 'webhooks, with their log', count: webhooks },
        { what: 'notifications by e-mail, with their log', count: notifications },
      ].filter(({ count }) => count > 0),
      stays: asked === 0 ? [] : [{ what: 'operations and cancellations that they asked for', count: asked, because }],
    }
  },

  async erase({ sql }, { id, email, tenant }) {
    await sql`delete from participant_webhook_attempt a using participant_webhook w where w.id = a.webhook and w.owner = ${id}`
    await sql`delete from participant_webhook where owner = ${id}`
    await sql`
      delete from participant_notification_mail m using participant_notification n
      where n.id = m.notification and (n.owner = ${id} or n.email = ${email} and n.tenant = ${tenant})`
    await sql`delete from participant_notification where owner = ${id} or email = ${email} and tenant = ${tenant}`
  },

  users: {
    async plan({ sql }, { from }) {
      const [row] = await sql<{ count: number }[]>`
        select count(*)::int as count from participant_webhook where owner = ${from}`
      return {
        moves: [],
        ends: row!.count === 0 ? [] : [{ what: 'webhooks, with their log', count: row!.count }],
        blocks: [],
      }
    },
    merge: async (tx, { tenant, from }) => participantKeeper.erase(tx, { id: from, tenant, email: null }),
  },

  households: {
    async plan({ sql }, { from }) {
      const [row] = await sql<{ webhooks: number; notifications: number }[]>`
        select (select count(*)::int from participant_webhook where household = ${from}) as webhooks,
          (select count(*)::int from participant_notification where household = ${from}) as notifications`
      const moves = [
        { what: 'webhooks about it', count: row!.webhooks },
        { what: 'notifications by e-mail about it', count: row!.notifications },
      ]
      return { moves: moves.filter(({ count }) => count > 0), ends: [], blocks: [] }
    },
    async merge({ sql }, { from, into }) {
      await sql`update participant_webhook set household = ${into}, version = version + 1 where household = ${from}`
      await sql`update participant_notification set household = ${into} where household = ${from}`
    },
  },
}
