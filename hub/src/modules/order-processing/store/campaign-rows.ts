import type { Scope } from '../../../platform/access.ts'
import type { Database, Sql, Tx } from '../../../platform/database.ts'
import type { Act, Campaign, Wave } from '../app/campaigns/campaign.ts'
import type { CampaignChanges, CampaignPage, CampaignStorage } from '../app/campaigns/storage.ts'
import { beyond, inOrder } from './paging.ts'
import { planRows } from './campaign-plan-rows.ts'
import { targetRows } from './campaign-target-rows.ts'

/** Campaigns on PostgreSQL. Everything that grows with the number of devices is in the two files beside. */
export function campaignRows(database: Database): CampaignStorage {
  return { ...campaigns(database.sql), ...waves(database.sql), ...planRows(database.sql), ...targetRows(database.sql) }
}

function campaigns(sql: Sql) {
  return {
    async addCampaign(tx: Tx, campaign: Campaign) {
      await tx.sql`
        insert into order_campaign (id, tenant, name, document, created_by, decision, state, why, since, version, created_at, updated_at)
        values (${campaign.id}, ${campaign.tenant}, ${campaign.name}, ${tx.sql.json(campaign.document as never)}, ${campaign.createdBy},
          ${campaign.decision}, ${campaign.state}, ${campaign.why}, ${campaign.since}, ${campaign.version}, ${campaign.createdAt},
          ${campaign.updatedAt})`
    },
    async campaign(id: string): Promise<Campaign | null> {
      const rows = await sql<Campaign[]>`select ${columns(sql)} from order_campaign where id = ${id}`
      return rows[0] ?? null
    },
    async campaignForUpdate(tx: Tx, id: string): Promise<Campaign | null> {
      const rows = await tx.sql<Campaign[]>`select ${columns(tx.sql)} from order_campaign where id = ${id} for update`
      return rows[0] ?? null
    },
    async campaigns(page: CampaignPage, scope: Scope): Promise<Campaign[]> {
      return sql<Campaign[]>`
        select ${columns(sql)} from order_campaign
        where tenant = ${scope.tenant} ${beyond(sql, page)} and (${scope.all} or created_by = ${scope.owner})
          ${page.state === undefined ? sql`` : sql`and state = ${page.state}`}
        ${inOrder(sql, page)}`
    },
    async change(tx: Tx, id: string, changes: CampaignChanges, now: Date) {
      const set = Object.entries(changes).map(([name, value]) => [columnOf[name as keyof CampaignChanges], value])
      await tx.sql`
        update order_campaign set ${tx.sql({ ...Object.fromEntries(set), updated_at: now } as never)} where id = ${id}`
    },
    async advancePlan(
      tx: Tx,
      { id, planNumber, planCursor }: Pick<Campaign, 'id' | 'planNumber' | 'planCursor'>,
      to: string,
    ) {
      const rows = await tx.sql`
        update order_campaign set plan_cursor = ${to}
        where id = ${id} and plan_number = ${planNumber} and plan_cursor is not distinct from ${planCursor} and state = 'planning'
        returning 1`
      return rows.length > 0
    },
    async addAct(tx: Tx, { id, campaign, act, wave, principal, name, decision, reason, at }: Act) {
      await tx.sql`
        insert into order_campaign_act (id, campaign, act, wave, principal, name, decision, reason, at)
        values (${id}, ${campaign}, ${act}, ${wave}, ${principal}, ${name}, ${decision}, ${reason}, ${at})`
    },
    async acts(campaign: string): Promise<Act[]> {
      return sql<Act[]>`select * from order_campaign_act where campaign = ${campaign} order by id limit 1000`
    },
  }
}

function waves(sql: Sql) {
  return {
    async waves(campaign: string): Promise<Wave[]> {
      return sql<Wave[]>`
        select number, band, take, to_lot as "toLot", size, open, done, failed, cancelled, returning_open as "returningOpen",
          returned, kept, not_returned as "notReturned", began_at as "beganAt", placed_at as "placedAt", passed_at as "passedAt"
        from order_campaign_wave where campaign = ${campaign} order by number`
    },
    async changeWave(
      tx: Tx,
      campaign: string,
      number: number,
      { beganAt, placedAt, passedAt }: { beganAt?: Date; placedAt?: Date; passedAt?: Date },
    ) {
      await tx.sql`
        update order_campaign_wave set began_at = coalesce(${beganAt ?? null}, began_at),
          placed_at = coalesce(${placedAt ?? null}, placed_at), passed_at = coalesce(${passedAt ?? null}, passed_at)
        where campaign = ${campaign} and number = ${number}`
    },
    async addUp(tx: Tx, campaign: string, most: number): Promise<boolean> {
      const rows = await tx.sql`
        with gone as (
          delete from order_campaign_tally where id in (
            select id from order_campaign_tally where campaign = ${campaign} order by id limit ${most} for update skip locked)
          returning *
        ), sums as (
          select wave, sum(open)::int as open, sum(done)::int as done, sum(failed)::int as failed, sum(cancelled)::int as cancelled,
            sum(returning_open)::int as returning_open, sum(returned)::int as returned, sum(kept)::int as kept,
            sum(not_returned)::int as not_returned
          from gone group by wave
        )
        update order_campaign_wave w set open = w.open + s.open, done = w.done + s.done, failed = w.failed + s.failed,
          cancelled = w.cancelled + s.cancelled, returning_open = w.returning_open + s.returning_open,
          returned = w.returned + s.returned, kept = w.kept + s.kept, not_returned = w.not_returned + s.not_returned
        from sums s where w.campaign = ${campaign} and w.number = s.wave returning w.number`
      return rows.length > 0
    },
  }
}

const columnOf: Readonly<Record<keyof CampaignChanges, string>> = {
  state: 'state',
  why: 'why',
  since: 'since',
  version: 'version',
  planNumber: 'plan_number',
  planCursor: 'plan_cursor',
  plannedAt: 'planned_at',
  startedBy: 'started_by',
  startedDecision: 'started_decision',
  startedAt: 'started_at',
  countedFrom: 'counted_from',
  resumedAt: 'resumed_at',
  currentWave: 'current_wave',
  tripped: 'tripped',
  waived: 'waived',
  ran: 'ran_ms',
  tokens: 'tokens',
  lookedAt: 'looked_at',
  quiet: 'quiet',
  joinedTo: 'joined_to',
  cancelledTo: 'cancelled_to',
}

function columns(sql: Sql) {
  return sql`id, tenant, name, document, created_by as "createdBy", decision, state, why, since, version,
    plan_number as "planNumber", plan_cursor as "planCursor", planned_at as "plannedAt", started_by as "startedBy",
    started_decision as "startedDecision", started_at as "startedAt", counted_from as "countedFrom", resumed_at as "resumedAt",
    current_wave as "currentWave", tripped, waived, ran_ms::float8 as ran, tokens, looked_at as "lookedAt", quiet,
    joined_to as "joinedTo", cancelled_to as "cancelledTo", created_at as "createdAt", updated_at as "updatedAt"`
}
