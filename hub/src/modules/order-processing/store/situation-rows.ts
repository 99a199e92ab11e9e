import type { Sql } from '../../../platform/database.ts'

/** Subscriptions, and what orders came from, as policies ask for them. */

export interface SubscriptionFacts {
  readonly id: string
  readonly tenant: string
  readonly household: string
  readonly service: string
  readonly version: string
  readonly state: string
}

/** Who or what an order is of; `cause` is the firing or target that it was placed for. */
export interface OriginFacts {
  readonly kind: string
  readonly id: string
  readonly cause: string | null
}

export async function subscriptionFacts(sql: Sql, ids: readonly string[]): Promise<SubscriptionFacts[]> {
  return await sql<SubscriptionFacts[]>`
    select id, tenant, household, service, version, state from order_subscription where id = any(${ids as string[]})`
}

/** A tenant's living subscriptions in order of id, of one service or of all. */
export async function subscriptionPage(
  sql: Sql,
  tenant: string,
  service: string | null,
  after: string,
  limit: number,
): Promise<SubscriptionFacts[]> {
  return await sql<SubscriptionFacts[]>`
    select id, tenant, household, service, version, state from order_subscription
    where tenant = ${tenant} and id > ${after} and state <> 'ended'
    ${service === null ? sql`` : sql`and service = ${service}`} order by id limit ${limit}`
}

/** How many living subscriptions are to this version. */
export async function subscribed(sql: Sql, tenant: string, service: string, version: string): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from order_subscription
    where tenant = ${tenant} and service = ${service} and version = ${version} and state <> 'ended'`
  return row!.count
}

/** By id, of orders, and of subscriptions by the newest order that is about them. */
export async function originFacts(
  sql: Sql,
  asked: { readonly orders: readonly string[]; readonly subscriptions: readonly string[] },
): Promise<Map<string, OriginFacts>> {
  const rows = await sql<(OriginFacts & { about: string })[]>`
    select o.id as about, o.origin_kind as kind, o.origin_id as id, o.origin_cause as cause from order_order o
    where o.id = any(${asked.orders as string[]})
    union all
    select s.id, o.origin_kind, o.origin_id, o.origin_cause from unnest(${asked.subscriptions as string[]}::text[]) as s (id)
    cross join lateral (
      select order_id from order_item where subscription = s.id order by order_id desc limit 1) i
    join order_order o on o.id = i.order_id`
  return new Map(rows.map(({ about, ...origin }) => [about, origin]))
}
