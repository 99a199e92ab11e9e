import type { Sql, Tx } from '../../../platform/database.ts'
import type { PlanCount, PlannedTarget, Present } from '../app/campaigns/campaign.ts'
import type { PlannedWave } from '../domain/campaigns/waves.ts'

/** Writing a plan down, some thousand devices in each statement. */
export function planRows(sql: Sql) {
  return {
    async present(
      tx: Tx,
      service: string,
      households: readonly string[],
      devices: readonly string[],
    ): Promise<Present> {
      const subscriptions = await tx.sql<{ household: string; version: string; state: string }[]>`
        select household, version, state from order_subscription
        where household = any(${households as string[]}) and service = ${service} and state <> 'ended'`
      if (subscriptions.length === 0) return { subscriptions: new Map(), installed: new Map() }
      const installed = await tx.sql<{ device: string; kind: string; version: string; manifest: string | null }[]>`
        select distinct on (device) device, kind, version, manifest from order_delivery
        where device = any(${devices as string[]}) and service = ${service} and state = 'confirmed' order by device, epoch desc`
      return {
        subscriptions: new Map(subscriptions.map(({ household, ...rest }) => [household, rest])),
        installed: new Map(
          installed.flatMap(({ device, kind, ...rest }) => (kind === 'install' ? [[device, rest] as const] : [])),
        ),
      }
    },
    async writeTargets(tx: Tx, campaign: string, plan: number, targets: readonly PlannedTarget[]): Promise<string[]> {
      if (targets.length === 0) return []
      const of = <K extends keyof PlannedTarget>(key: K): PlannedTarget[K][] => targets.map((target) => target[key])
      const rows = await tx.sql<{ device: string }[]>`
        insert into order_campaign_target as t (campaign, device, household, zone, band, lot, plan, state, kind, reason)
        select ${campaign}, r.device, r.household, r.zone, r.band, r.lot, ${plan}, r.state, r.kind, r.reason
        from unnest(${of('device')}::text[], ${of('household')}::text[], ${of('zone')}::text[], ${of('band')}::int[],
          ${of('lot')}::int[], ${of('state')}::text[], ${of('kind')}::text[], ${of('reason')}::text[])
          as r (device, household, zone, band, lot, state, kind, reason)
        on conflict (campaign, device) do update set household = excluded.household, zone = excluded.zone, band = excluded.band,
          plan = excluded.plan, state = excluded.state, kind = excluded.kind, reason = excluded.reason
        where t.state in ('planned', 'skipped') and (t.plan, t.state, t.household, t.zone) is distinct from
          (excluded.plan, excluded.state, excluded.household, excluded.zone)
        returning device`
      return rows.map(({ device }) => device)
    },
    async addCounts(tx: Tx, campaign: string, plan: number, counts: readonly PlanCount[]) {
      if (counts.length === 0) return
      await tx.sql`
        insert into order_campaign_count as c (campaign, plan, what, key, devices)
        select ${campaign}, ${plan}, r.what, r.key, r.devices
        from jsonb_to_recordset(${tx.sql.json(counts as never)}) as r (what text, key text, devices bigint)
        on conflict (campaign, plan, what, key) do update set devices = c.devices + excluded.devices`
    },
    async counts(campaign: string, plan: number): Promise<PlanCount[]> {
      return sql<PlanCount[]>`
        select what, key, devices::float8 as devices from order_campaign_count
        where campaign = ${campaign} and plan = ${plan} order by what, key`
    },
    async forgetOlder(tx: Tx, campaign: string, plan: number, most: number): Promise<boolean> {
      await tx.sql`delete from order_campaign_count where campaign = ${campaign} and plan < ${plan}`
      const rows = await tx.sql`
        delete from order_campaign_target where campaign = ${campaign} and device in (
          select device from order_campaign_target
          where campaign = ${campaign} and state in ('planned', 'skipped') and plan < ${plan} limit ${most})
        returning 1`
      return rows.length === most
    },
    async writeWaves(tx: Tx, campaign: string, waves: readonly PlannedWave[]) {
      await tx.sql`delete from order_campaign_wave where campaign = ${campaign}`
      const taken = new Map<number, { devices: number; lot: number }>()
      for (const { number, band, take } of waves) {
        const before = taken.get(band) ?? { devices: 0, lot: -1 }
        const end = await endOf(tx, campaign, band, before.lot, take)
        await tx.sql`
          insert into order_campaign_wave (campaign, number, band, take, to_lot, size)
          values (${campaign}, ${number}, ${band}, ${take}, ${take === null ? null : end.lot}, ${end.devices})`
        taken.set(band, { devices: before.devices + end.devices, lot: Math.max(before.lot, end.lot) })
      }
    },
  }
}

/** The lot with which so many devices of a band are reached, whole households together, and how many they are then. */
async function endOf(
  tx: Tx,
  campaign: string,
  band: number,
  after: number,
  take: number | null,
): Promise<{ lot: number; devices: number }> {
  if (take === 0) return { lot: after, devices: 0 }
  const last =
    take === null
      ? null
      : ((
          await tx.sql<{ lot: number }[]>`
            select lot from order_campaign_target
            where campaign = ${campaign} and band = ${band} and state = 'planned' and lot > ${after}
            order by lot limit 1 offset ${take - 1}`
        )[0]?.lot ?? null)
  const rows = await tx.sql<{ devices: number; lot: number | null }[]>`
    select count(*)::int as devices, max(lot) as lot from order_campaign_target
    where campaign = ${campaign} and band = ${band} and state = 'planned' and lot > ${after}
      ${last === null ? tx.sql`` : tx.sql`and lot <= ${last}`}`
  return { devices: rows[0]!.devices, lot: rows[0]!.lot ?? after }
}
