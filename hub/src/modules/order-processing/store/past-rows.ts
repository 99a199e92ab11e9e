import type { Sql } from '../../../platform/database.ts'
import type { CampaignState, Target } from '../app/campaigns/campaign.ts'
import type { Delivery, OrderWithItems, Subscription } from '../app/storage.ts'
import { deliveryColumns, deliveryRows } from './delivery-rows.ts'
import { ordersByIds } from './order-rows.ts'
import { subscriptionColumns } from './subscription-rows.ts'

/** What was asked, done and left of orders, for whoever explains how a device came to what it has. Every look is bounded. */

/** A device of a campaign, with where the campaign is. */
export interface CampaignPart extends Target {
  readonly name: string
  readonly campaignState: CampaignState
  readonly why: string
  readonly since: Date
  readonly service: string
  readonly action: string
  readonly version: string | null
}

/** How a device differs from what it has proved. */
export interface KnownDrift {
  readonly service: string
  readonly version: string
  readonly component: string
  readonly detail: string
  readonly since: Date
}

/** A device's deliveries of one service, or the newest of every service. */
export interface DeviceQuestion {
  readonly device: string
  readonly service: string | null
}

/** Deliveries of one order at most. */
const orderDeliveries = 1_000
/** Deliveries of one device, and orders of one household about a service. */
const looked = 50

export interface Past {
  /** An order with its items and at most 1,000 deliveries. */
  orders(ids: readonly string[]): Promise<readonly (OrderWithItems & { readonly deliveries: readonly Delivery[] })[]>
  delivery(id: string): Promise<Delivery | null>
  /** Newest first: at most 50 of one service, or the newest one of each of at most 50 services. */
  deliveriesOf(question: DeviceQuestion): Promise<Delivery[]>
  /** The newest orders of the household that are about a service, rejected ones included, newest first: at most `most`. */
  ordersAbout(household: string, service: string, most: number): Promise<string[]>
  /** Those of one household that are not ended. */
  subscriptionsOf(household: string): Promise<Subscription[]>
  driftOf(device: string): Promise<KnownDrift[]>
  /** The parts of a device in campaigns, newest first, at most 20; `orders` narrows it to those that placed one of them. */
  campaignsOf(tenant: string, device: string): Promise<CampaignPart[]>
  campaignsOfOrder(order: string): Promise<CampaignPart[]>
}

export function pastRows(sql: Sql): Past {
  return {
    async orders(ids) {
      if (ids.length === 0) return []
      const [found, deliveries] = await Promise.all([
        ordersByIds(sql, ids),
        sql<Delivery[]>`
          select ${deliveryColumns(sql)} from unnest(${ids as string[]}::text[]) as o (id)
          cross join lateral (select * from order_delivery where order_id = o.id order by epoch limit ${orderDeliveries}) d
          order by d.epoch`,
      ])
      const byOrder = Map.groupBy(deliveries, ({ order }) => order)
      return found.map((each) => ({ ...each, deliveries: byOrder.get(each.order.id) ?? [] }))
    },
    delivery: deliveryRows(sql).delivery,
    async deliveriesOf({ device, service }) {
      if (service !== null)
        return sql<Delivery[]>`
          select ${deliveryColumns(sql)} from order_delivery d where d.device = ${device} and d.service = ${service}
          order by d.epoch desc limit ${looked}`
      return sql<Delivery[]>`
        select * from (
          select distinct on (d.service) ${deliveryColumns(sql)} from order_delivery d where d.device = ${device}
          order by d.service, d.epoch desc) newest
        order by service limit ${looked}`
    },
    async ordersAbout(household, service, most) {
      const rows = await sql<{ id: string }[]>`
        select o.id from order_order o where o.household = ${household}
          and exists (select from order_item i where i.order_id = o.id and i.service = ${service})
        order by o.id desc limit ${most}`
      return rows.map(({ id }) => id)
    },
    async subscriptionsOf(household) {
      return sql<Subscription[]>`
        select ${subscriptionColumns(sql)} from order_subscription s where household = ${household} and state <> 'ended'
        order by service limit 200`
    },
    async driftOf(device) {
      return sql<KnownDrift[]>`
        select service, version, component, detail, since from order_drift where device = ${device} order by service`
    },
    async campaignsOf(tenant, device) {
      return sql<CampaignPart[]>`
        select ${campaignColumns(sql)} from order_campaign c
        join order_campaign_target t on t.campaign = c.id and t.device = ${device}
        where c.tenant = ${tenant} order by c.id desc limit 20`
    },
    async campaignsOfOrder(order) {
      return sql<CampaignPart[]>`
        select ${campaignColumns(sql)} from order_campaign_target t join order_campaign c on c.id = t.campaign
        where t.order_id = ${order} or t.back_order = ${order} order by t.device limit ${looked}`
    },
  }
}

function campaignColumns(sql: Sql) {
  return sql`t.campaign, t.device, t.household, t.state, t.kind, t.reason, t.wave, t.order_id as "order", t.before,
    t.back_order as "backOrder", c.name, c.state as "campaignState",
    coalesce((select a.reason from order_campaign_act a where a.campaign = c.id and a.principal = 'campaign:' || c.id
      and c.state in ('paused', 'aborting', 'aborted', 'rolling-back', 'rolled-back') order by a.id desc limit 1), c.why) as why, c.since, c.version,
    c.document->'order'->>'service' as service, c.document->'order'->>'action' as action`
}
