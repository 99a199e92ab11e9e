import { timeZoneNamed, type TargetRow } from '../../../entity-management/index.ts'
import type { Tx } from '../../../../platform/database.ts'
import { skipOf } from '../../domain/campaigns/eligible.ts'
import { groupsOf, lotOf } from '../../domain/campaigns/waves.ts'
import type { CampaignDependencies } from './dependencies.ts'
import type { Fitting } from './fittings.ts'
import type { Campaign, PlanCount, PlannedTarget, Present } from './campaign.ts'

/** Devices that one slice of a plan looks at: one page, a handful of statements. */
export const sliceDevices = 5_000

/** What a part of the selection comes to. */
export interface PlannedSlice {
  readonly targets: readonly PlannedTarget[]
  readonly counts: readonly PlanCount[]
}

/** Judges the devices of a page: who is to be ordered for, in which part of which wave, and who is left out and why. */
export async function planSlice(
  deps: CampaignDependencies,
  tx: Tx,
  campaign: Pick<Campaign, 'id' | 'tenant' | 'document' | 'version' | 'currentWave'>,
  rows: readonly TargetRow[],
): Promise<PlannedSlice> {
  const { order, waves } = campaign.document
  const version =
    campaign.version === null ? null : await deps.definitions.version(campaign.tenant, order.service, campaign.version)
  const ids = rows.map(({ device }) => device)
  const households = [...new Set(rows.map(({ household }) => household))]
  const present = await deps.campaigns.present(tx, order.service, households, ids)
  const fittingOf = version === null ? null : await deps.fittings.of(version, rows)
  const bands = new Map<string, number>()
  // A wave that is over takes nobody in any more.
  const groups = [...groupsOf(waves)].filter(([number]) => number >= campaign.currentWave)
  for (const [number, group] of groups)
    for (const device of await deps.entities.selectedAmong(tx, campaign.tenant, { group }, ids))
      if (!bands.has(device)) bands.set(device, number)
  const counts = new Counter()
  const zones = new Zones()
  const targets = rows.map((row): PlannedTarget => {
    const fitting = fittingOf?.(row) ?? null
    const zone = zones.of(row)
    const target = targetOf(campaign, row, bands.get(row.device) ?? 0, { fitting, zone, present })
    count(counts, row, target, fitting, present)
    return target
  })
  return { targets, counts: counts.all() }
}

function targetOf(
  { id, document, version }: Pick<Campaign, 'id' | 'document' | 'version'>,
  row: TargetRow,
  band: number,
  { fitting, zone, present: { subscriptions, installed } }: { fitting: Fitting | null; zone: string; present: Present },
): PlannedTarget {
  const { action, service } = document.order
  const skip = skipOf(action, service, version, {
    deviceState: row.state,
    subscription: subscriptions.get(row.household) ?? null,
    installed: installed.get(row.device)?.version ?? null,
    misfit: fitting?.misfit ?? null,
  })
  const { device, household } = row
  const lot = lotOf(id, household)
  const what = { device, household, zone, band, lot }
  return skip === null
    ? { ...what, state: 'planned', kind: '', reason: '' }
    : { ...what, state: 'skipped', kind: skip.kind, reason: skip.reason.slice(0, 500) }
}

function count(
  counts: Counter,
  row: TargetRow,
  target: PlannedTarget,
  fitting: Fitting | null,
  { installed }: Present,
): void {
  if (target.state === 'skipped') return counts.add('skip', target.kind)
  counts.add('band', String(target.band))
  counts.add('class', row.class)
  counts.add('zone', target.zone)
  if (fitting?.manifest == null) return
  counts.add('transfer', `${installed.get(row.device)?.manifest ?? ''}>${fitting.manifest}`)
}

class Counter {
  readonly #counts = new Map<string, { what: PlanCount['what']; key: string; devices: number }>()

  add(what: PlanCount['what'], key: string): void {
    const found = this.#counts.get(`${what}/${key}`)
    if (found) found.devices++
    else this.#counts.set(`${what}/${key}`, { what, key, devices: 1 })
  }

  all(): PlanCount[] {
    return [...this.#counts.values()]
  }
}

/** The zone in which a device's windows are judged: its own if there is such a one, its household's otherwise. */
class Zones {
  readonly #known = new Map<string, string | null>()

  of({ timeZone, householdZone }: TargetRow): string {
    let named = this.#known.get(timeZone)
    if (named === undefined) this.#known.set(timeZone, (named = timeZoneNamed(timeZone)))
    return named ?? householdZone
  }
}
