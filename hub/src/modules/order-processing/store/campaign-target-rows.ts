import type { Sql, Tx } from '../../../platform/database.ts'
import type {
  NextHousehold,
  Outcome,
  SettledTarget,
  Standing,
  Target,
  TargetState,
  ToReturn,
  Wave,
} from '../app/campaigns/campaign.ts'
import type { PageRequest } from '../app/storage.ts'

type WaveRange = Pick<Wave, 'band' | 'toLot'>

/** The devices of campaigns while they run. Every statement finds its rows by an index and takes some hundred at most. */
export function targetRows(sql: Sql) {
  return { ...placing(sql), ...settling(), ...returning(sql), ...reading(sql) }
}

function placing(sql: Sql) {
  return {
    /** One jump in the index for each zone, however many targets it has. */
    async zonesLeft(campaign: string, { band, toLot }: WaveRange): Promise<string[]> {
      const rows = await sql<{ zone: string }[]>`
        with recursive zones as (
          (select zone from order_campaign_target
           where campaign = ${campaign} and band = ${band} and state = 'planned' order by zone limit 1)
          union all
          select (select t.zone from order_campaign_target t
                  where t.campaign = ${campaign} and t.band = ${band} and t.state = 'planned' and t.zone > z.zone
                  order by t.zone limit 1)
          from zones z where z.zone is not null
        )
        select zone from zones z where zone is not null and exists (
          select from order_campaign_target t where t.campaign = ${campaign} and t.band = ${band} and t.state = 'planned'
            and t.zone = z.zone ${upTo(sql, toLot)})`
      return rows.map(({ zone }) => zone)
    },
    async nextHouseholds(
      campaign: string,
      { band, toLot }: WaveRange,
      zones: readonly string[],
      most: number,
      from = -1,
    ): Promise<NextHousehold[]> {
      const rows = await sql<{ household: string; devices: string[] }[]>`
        with next as (
          select n.household, n.lot from unnest(${zones as string[]}::text[]) as z (zone)
          cross join lateral (
            select t.household, t.lot from order_campaign_target t
            where t.campaign = ${campaign} and t.band = ${band} and t.state = 'planned' and t.zone = z.zone and t.lot > ${from} ${upTo(sql, toLot)}
            order by t.lot, t.household limit ${most}) n
          order by n.lot, n.household limit ${most}
        ), homes as (select distinct household, lot from next)
        select h.household, array_agg(t.device order by t.device) as devices
        from homes h join order_campaign_target t on t.campaign = ${campaign} and t.band = ${band} and t.state = 'planned'
          and t.zone = any(${zones as string[]}) and t.lot = h.lot and t.household = h.household
        group by h.household, h.lot order by h.lot, h.household`
      return rows
    },
    async markOrdered(
      tx: Tx,
      {
        campaign,
        wave,
        household,
        devices,
      }: { campaign: string; wave: number; household: string; devices: readonly string[] },
      order: { id: string; before: string; refused: string | null },
    ): Promise<number> {
      const refused = order.refused !== null
      const rows = await tx.sql<{ marked: number }[]>`
        with marked as (
          update order_campaign_target set state = ${refused ? 'refused' : 'ordered'}, wave = ${wave}, order_id = ${order.id},
            before = ${order.before}, reason = ${order.refused ?? ''}
          where campaign = ${campaign} and device = any(${devices as string[]}) and household = ${household} and state = 'planned'
          returning 1
        ), noted as (
          insert into order_campaign_tally (campaign, wave, open, failed)
          select ${campaign}, ${wave}, ${refused ? 0 : 1} * count(*), ${refused ? 1 : 0} * count(*) from marked having count(*) > 0
        )
        select count(*)::int as marked from marked`
      return rows[0]!.marked
    },
    async markRefused(
      tx: Tx,
      { campaign, wave, devices }: { campaign: string; wave: number; devices: readonly string[] },
      reason: string,
    ) {
      await tx.sql`
        with marked as (
          update order_campaign_target set state = 'refused', wave = ${wave}, reason = ${reason}
          where campaign = ${campaign} and device = any(${devices as string[]}) and state = 'planned' returning 1
        )
        insert into order_campaign_tally (campaign, wave, failed)
        select ${campaign}, ${wave}, count(*) from marked having count(*) > 0`
    },
  }
}

/** Targets up to this lot. */
function upTo(sql: Sql, toLot: number | null) {
  return toLot === null ? sql`` : sql`and t.lot <= ${toLot}`
}

function settling() {
  return {
    async takeSettled(tx: Tx, campaign: string, most: number): Promise<SettledTarget[]> {
      return tx.sql<SettledTarget[]>`
        with gone as (
          delete from order_campaign_settled where id in (
            select id from order_campaign_settled where campaign = ${campaign} order by id limit ${most} for update skip locked)
          returning order_id
        ), ended as (
          select id, state, detail from order_order where id in (select order_id from gone)
        ), own as (
          select e.*, t.device, false as back from ended e join order_campaign_target t on t.order_id = e.id
          union all
          select e.*, t.device, true from ended e join order_campaign_target t on t.back_order = e.id
        )
        select o.id as "order", o.state as "orderState", o.detail as "orderDetail", o.device, o.back,
          case when d.state is not null then jsonb_build_object('state', d.state, 'detail', d.detail) end as delivery
        from own o left join lateral (
          select state, detail from order_delivery
          where order_id = o.id and device = o.device and purpose = 'carry-out' order by epoch desc limit 1) d on true`
    },
    async recordOutcomes(tx: Tx, campaign: string, outcomes: readonly Outcome[]) {
      if (outcomes.length === 0) return
      await tx.sql`
        with told as (
          select * from jsonb_to_recordset(${tx.sql.json(outcomes as never)})
            as r ("order" text, device text, back boolean, state text, reason text)
        ), changed as (
          update order_campaign_target t set state = r.state, reason = r.reason
          from told r join order_campaign_target old on old.campaign = ${campaign} and old.device = r.device
          where t.campaign = ${campaign} and t.device = r.device and old.state is distinct from r.state
            and case when r.back then t.back_order = r."order" else t.order_id = r."order" and t.back_order is null end
          returning t.wave, old.state as was, r.state as is
        )
        insert into order_campaign_tally (campaign, wave, open, done, failed, cancelled, returning_open, returned, kept, not_returned)
        select ${campaign}, wave, ${delta(tx.sql, 'ordered')}, ${delta(tx.sql, 'done')}, ${delta(tx.sql, 'failed')},
          ${delta(tx.sql, 'cancelled')}, ${delta(tx.sql, 'returning')}, ${delta(tx.sql, 'returned')}, ${delta(tx.sql, 'kept')},
          ${delta(tx.sql, 'not-returned')}
        from changed group by wave`
    },
  }
}

/** By how much the number of devices in a state grew. */
function delta(sql: Sql, state: TargetState, of: 'changed' | 'marked' = 'changed') {
  const rows = sql(of)
  return sql`(count(*) filter (where ${rows}.is = ${state}) - count(*) filter (where ${rows}.was = ${state}))::int`
}

function returning(sql: Sql) {
  return {
    async openOrders(campaign: string, after: string, most: number): Promise<string[]> {
      const rows = await sql<{ order: string }[]>`
        select distinct order_id as "order" from order_campaign_target
        where campaign = ${campaign} and state = 'ordered' and order_id > ${after} order by order_id limit ${most}`
      return rows.map(({ order }) => order)
    },
    async toReturn(campaign: string, most: number): Promise<ToReturn[]> {
      return sql<ToReturn[]>`
        with next as (
          select distinct order_id from (
            select order_id from order_campaign_target
            where campaign = ${campaign} and state = any(${changedStates}) limit ${most}) s
        )
        select t.household, t.order_id as "order", min(t.before) as before, array_agg(t.device order by t.device) as devices
        from next join order_campaign_target t using (order_id)
        where t.state = any(${changedStates}) group by t.household, t.order_id order by t.order_id`
    },
    async countToReturn(campaign: string, most: number): Promise<number> {
      const rows = await sql<{ devices: number }[]>`
        select count(*)::int as devices from (
          select from order_campaign_target where campaign = ${campaign} and state = any(${changedStates}) limit ${most}) s`
      return rows[0]!.devices
    },
    async standing(service: string, households: readonly string[]): Promise<Map<string, Standing>> {
      const rows = await sql<(Standing & { household: string })[]>`
        select s.household, s.version, s.state, i.order_id as "lastOrder"
        from order_subscription s left join lateral (
          select order_id from order_item where subscription = s.id order by order_id desc limit 1) i on true
        where s.household = any(${households as string[]}) and s.service = ${service} and s.state <> 'ended'`
      return new Map(rows.map(({ household, ...rest }) => [household, rest]))
    },
    async markReturning(tx: Tx, campaign: string, order: string, back: string): Promise<number> {
      const rows = await tx.sql<{ marked: number }[]>`
        with marked as (
          update order_campaign_target t set state = 'returning', back_order = ${back}, reason = ''
          from (select device, state from order_campaign_target
                where campaign = ${campaign} and order_id = ${order} and state = any(${changedStates}) for update) old
          where t.campaign = ${campaign} and t.device = old.device returning t.wave, old.state as was, t.state as is
        ), noted as (
          insert into order_campaign_tally (campaign, wave, open, done, failed, cancelled, returning_open)
          select ${campaign}, wave, ${delta(tx.sql, 'ordered', 'marked')}, ${delta(tx.sql, 'done', 'marked')},
            ${delta(tx.sql, 'failed', 'marked')}, ${delta(tx.sql, 'cancelled', 'marked')}, ${delta(tx.sql, 'returning', 'marked')}
          from marked group by wave
        )
        select count(*)::int as marked from marked`
      return rows[0]!.marked
    },
    async markReturned(
      tx: Tx,
      campaign: string,
      order: string,
      { state, reason }: { state: 'returned' | 'kept' | 'not-returned'; reason: string },
    ) {
      await tx.sql`
        with marked as (
          update order_campaign_target t set state = ${state}, reason = ${reason}
          from (select device, state from order_campaign_target
                where campaign = ${campaign} and order_id = ${order} and state = any(${changedStates}) for update) old
          where t.campaign = ${campaign} and t.device = old.device returning t.wave, old.state as was, t.state as is
        )
        insert into order_campaign_tally (campaign, wave, open, done, failed, cancelled, returned, kept, not_returned)
        select ${campaign}, wave, ${delta(tx.sql, 'ordered', 'marked')}, ${delta(tx.sql, 'done', 'marked')},
          ${delta(tx.sql, 'failed', 'marked')}, ${delta(tx.sql, 'cancelled', 'marked')}, ${delta(tx.sql, 'returned', 'marked')},
          ${delta(tx.sql, 'kept', 'marked')}, ${delta(tx.sql, 'not-returned', 'marked')}
        from marked group by wave`
    },
  }
}

/** Of targets that a roll back has to look at. */
const changedStates: TargetState[] = ['ordered', 'done', 'failed', 'cancelled']

function reading(sql: Sql) {
  return {
    async targets(
      campaign: string,
      page: PageRequest & { state?: TargetState | undefined; kind?: string | undefined },
    ): Promise<Target[]> {
      return sql<Target[]>`
        select ${targetColumns(sql)} from order_campaign_target t
        where t.campaign = ${campaign} and t.device > ${page.after ?? ''}
          ${page.state === undefined ? sql`` : sql`and t.state = ${page.state}`}
          ${page.kind === undefined ? sql`` : sql`and t.state = 'skipped' and t.kind = ${page.kind}`}
        order by t.device limit ${page.limit}`
    },
    async targetsOfDevice(tenant: string, device: string): Promise<(Target & { readonly name: string })[]> {
      return sql<(Target & { readonly name: string })[]>`
        select ${targetColumns(sql)}, c.name from order_campaign c
        join order_campaign_target t on t.campaign = c.id and t.device = ${device}
        where c.tenant = ${tenant}
        order by c.id desc limit 50`
    },
    async recentDeliveries(tenant: string, since: Date, most: number) {
      return sql<{ device: string; hour: number; took: number }[]>`
        select device, extract(hour from created_at at time zone 'UTC')::int as hour,
          (extract(epoch from settled_at - created_at) * 1000)::float8 as took
        from (select * from order_delivery where tenant = ${tenant} order by id desc limit ${most}) d
        where state = 'confirmed' and kind = 'install' and created_at >= ${since}`
    },
  }
}

function targetColumns(sql: Sql) {
  return sql`t.campaign, t.device, t.household, t.state, t.kind, t.reason, t.wave, t.order_id as "order", t.before,
    t.back_order as "backOrder"`
}
