import type { Scope } from '../../../platform/access.ts'
import type { Sql, Tx } from '../../../platform/database.ts'
import type { Channel } from '../../service-definitions/index.ts'
import type {
  LivingSubscription,
  PageRequest,
  Subscription,
  SubscriptionRecord,
  SubscriptionWish,
} from '../app/storage.ts'
import { inScope } from './scope.ts'

/** Orders of one service, each given while the one before was under way, that are put back together. */
const longestChain = 1_000

/** Subscriptions' rows. */
export function subscriptionRows(sql: Sql) {
  return {
    async livingSubscriptions(tx: Tx, households: readonly string[]): Promise<LivingSubscription[]> {
      // Sent together: the second sees what the last one to hold the locks has left. A household without services has no row to lock.
      const [, found] = await Promise.all([
        tx.sql`
          select pg_advisory_xact_lock(hashtextextended(h, 0))
          from (select h from unnest(${households as string[]}::text[]) as h order by h) as ordered`,
        tx.sql<LivingSubscription[]>`
          select ${subscriptionColumns(tx.sql)}, (
            select i.action from order_item i where i.subscription = s.id and i.phase in ('begun', 'restoring')
              and i.state not in ('completed', 'partial', 'failed', 'cancelled') order by i.id desc limit 1) as open,
            exists (select from order_item i where i.subscription = s.id and i.origin in ('required', 'recommended'))
              and not exists (select from order_item i where i.subscription = s.id and i.origin = 'wished'
                and i.action in ('add', 'modify')) as required
          from order_subscription s where household = any(${households as string[]}) and state <> 'ended'
          order by id for no key update of s`,
      ])
      return found
    },
    async lastLeft(tx: Tx, household: string, service: string) {
      const rows = await tx.sql<{ action: 'remove' | 'move'; order: string; to: string | null }[]>`
        select i.action, i.order_id as "order", i.to_household as "to" from order_item i join order_order o on o.id = i.order_id
        where o.household = ${household} and i.service = ${service} and i.action in ('remove', 'move')
          and i.state not in ('rejected', 'failed', 'cancelled')
        order by i.id desc limit 1`
      return rows[0] ?? null
    },
    async moveSubscriptions(tx: Tx, moves: readonly { subscription: string; household: string }[]) {
      if (moves.length === 0) return
      await tx.sql`
        update order_subscription s set household = r.household
        from jsonb_to_recordset(${tx.sql.json(moves as never)}) as r (subscription text, household text)
        where s.id = r.subscription`
    },
    async moveSubscriptionsBack(tx: Tx, moves: readonly { subscription: string; from: string; to: string }[]) {
      if (moves.length === 0) return
      await tx.sql`
        update order_subscription s set household = r."to"
        from jsonb_to_recordset(${tx.sql.json(moves as never)}) as r (subscription text, "from" text, "to" text)
        where s.id = r.subscription and s.household = r."from" and not exists (
          select from order_subscription o where o.household = r."to" and o.service = s.service and o.state <> 'ended')`
    },
    async endUnbegun(tx: Tx, subscriptions: readonly string[], now: Date) {
      if (subscriptions.length === 0) return
      await tx.sql`
        update order_subscription set state = 'ended', commercial = 'ended', updated_at = ${now}
        where id = any(${subscriptions as string[]}) and state = 'requested'`
    },
    async keptChannels(household: string, services: readonly string[]): Promise<Map<string, Channel>> {
      const rows = await sql<{ service: string; channel: Channel }[]>`
        select service, channel from order_subscription
        where household = ${household} and service = any(${services as string[]}) and channel is not null and state <> 'ended'`
      return new Map(rows.map(({ service, channel }) => [service, channel]))
    },
    async keepWishes(tx: Tx, wishes: readonly SubscriptionWish[]) {
      if (wishes.length === 0) return
      await tx.sql`
        update order_subscription s set pinned = r.pinned, channel = r.channel, wished_by = r."wishedBy"
        from jsonb_to_recordset(${tx.sql.json(wishes as never)}) as r (subscription text, pinned text, channel text, "wishedBy" text)
        where s.id = r.subscription`
    },
    async takeWishesBack(tx: Tx, wishes: readonly (SubscriptionWish & { readonly item: string })[]) {
      if (wishes.length === 0) return
      const subscriptions = wishes.map(({ subscription }) => subscription)
      // Sent together. An order that is put back at the same time has been, once the locks are had, or waits for this one. What was kept
      // to before may be the wish of an item that came to nothing meanwhile: then it is what was kept to before that one.
      await Promise.all([
        tx.sql`
          select 1 from order_subscription where id = any(${subscriptions}::text[]) order by id for no key update`,
        tx.sql`
          with recursive earlier as (
            select r.*, 0 as back
            from jsonb_to_recordset(${tx.sql.json(wishes as never)})
              as r (subscription text, item text, pinned text, channel text, "wishedBy" text)
            union all
            select e.subscription, e.item, i.before #>> '{wish,pinned}', i.before #>> '{wish,channel}', i.before #>> '{wish,wishedBy}',
              e.back + 1
            from earlier e join order_item i on i.id = e."wishedBy"
            where (i.phase in ('restoring', 'restored') or (i.phase = 'over' and i.state = 'cancelled')) and i.before ? 'wish'
              and e.back < ${longestChain}),
          kept as (select distinct on (subscription, item) * from earlier order by subscription, item, back desc)
          update order_subscription s set pinned = r.pinned, channel = r.channel, wished_by = r."wishedBy"
          from kept r where s.id = r.subscription and s.wished_by = r.item`,
      ])
    },
    async reviveUnbegun(tx: Tx, subscriptions: readonly string[], now: Date) {
      if (subscriptions.length === 0) return
      await tx.sql`
        update order_subscription set state = 'requested', commercial = 'requested', updated_at = ${now}
        where id = any(${subscriptions as string[]}) and state = 'ended'`
    },
    async addSubscriptions(tx: Tx, subscriptions: readonly Subscription[]) {
      if (subscriptions.length > 0) await inserted(tx, subscriptions)
    },
    async addUnlessLiving(tx: Tx, subscriptions: readonly Subscription[]): Promise<Set<string>> {
      if (subscriptions.length === 0) return new Set()
      const rows = await inserted(
        tx,
        subscriptions,
        tx.sql`on conflict (household, service) where state <> 'ended' do nothing`,
      )
      return new Set(rows.map(({ id }) => id))
    },
    async recordSubscriptions(tx: Tx, records: readonly SubscriptionRecord[], now: Date) {
      if (records.length === 0) return []
      return tx.sql<Subscription[]>`
        update order_subscription s set state = r.state, commercial = r.commercial, version = r.version, updated_at = ${now}
        from jsonb_to_recordset(${tx.sql.json(records as never)}) 
          as r (subscription text, state text, commercial text, version text)
        where s.id = r.subscription
        returning ${subscriptionColumns(tx.sql)}`
    },
    async subscriptions(page: PageRequest & { household?: string | undefined }, scope: Scope): Promise<Subscription[]> {
      return sql<Subscription[]>`
        select ${subscriptionColumns(sql)} from order_subscription s
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
      const rows = await sql<Subscription[]>`
        select ${subscriptionColumns(sql)} from order_subscription s where id = ${id}`
      return rows[0] ?? null
    },
  }
}

/** In one order, so that no two transactions wait for each other where they meet. */
function inserted(tx: Tx, subscriptions: readonly Subscription[], conflict = tx.sql``) {
  return tx.sql<{ id: string }[]>`
    insert into order_subscription (id, tenant, household, service, version, state, commercial, pinned, channel, wished_by,
      created_at, updated_at)
    select * from jsonb_to_recordset(${tx.sql.json(subscriptions as never)}) as r
      (id text, tenant text, household text, service text, version text, state text, commercial text, pinned text, channel text,
       "wishedBy" text, "createdAt" timestamptz, "updatedAt" timestamptz)
    order by household, service ${conflict} returning id`
}

/** Every statement on subscriptions calls the table `s`, so that joined values never make a column ambiguous. */
export function subscriptionColumns(sql: Sql) {
  return sql`s.id, s.tenant, s.household, s.service, s.version, s.state, s.commercial, s.pinned, s.channel, s.wished_by as "wishedBy",
    s.created_at as "createdAt", s.updated_at as "updatedAt"`
}
