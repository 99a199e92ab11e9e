import type { WallTime } from '../../../../platform/clock.ts'
import type { SkipKind } from '../../domain/campaigns/eligible.ts'
import { behaviourFrom, forecast, type Forecast } from '../../domain/campaigns/forecast.ts'
import type { Transfer } from '../../../service-definitions/index.ts'
import type { CampaignDependencies } from './dependencies.ts'
import type { Campaign, PlanCount, Wave } from './campaign.ts'

/** What a campaign would do, if it were started now. */
export interface Preview {
  readonly planned: number
  readonly skipped: readonly Skipped[]
  /** With the first devices of each, in the order in which they come. */
  readonly waves: readonly (Wave & { readonly first: readonly string[] })[]
  readonly classes: ReadonlyMap<string, number>
  readonly zones: ReadonlyMap<string, number>
  /** Bytes over all devices. */
  readonly bytes: Transfer
  /** Services in layers, as a household gets them. */
  readonly order: readonly (readonly string[])[]
  readonly forecast: Forecast
}

/** Devices that are left out for one kind of reason. */
export interface Skipped {
  readonly kind: SkipKind
  readonly devices: number
  readonly first: readonly { readonly device: string; readonly reason: string }[]
}

/** Devices named of each kind, and of each wave. */
const named = 10

/** Deliveries that a forecast looks back at, and for how long. */
const lookBack = { most: 5_000, time: 30 * 86_400_000 }

export async function previewOf(deps: CampaignDependencies, campaign: Campaign): Promise<Preview> {
  const counts = await deps.campaigns.counts(campaign.id, campaign.planNumber)
  const of = (what: PlanCount['what']) =>
    new Map(counts.filter((count) => count.what === what).map(({ key, devices }) => [key, devices]))
  const waves = await deps.campaigns.waves(campaign.id)
  const [classes, zones] = [of('class'), of('zone')]
  const now = deps.clock.now()
  const behaviour = await behaviourOf(deps, campaign.tenant, now)
  const openShare = openShareOf(deps, campaign, zones, now)
  const sizes = waves.map(({ size }) => size)
  return {
    planned: [...of('band').values()].reduce((sum, devices) => sum + devices, 0),
    skipped: await skippedOf(deps, campaign, of('skip')),
    waves: await wavesOf(deps, campaign, waves, [...zones.keys()]),
    classes,
    zones,
    bytes: await bytesOf(deps, of('transfer')),
    order: await orderOf(deps, campaign),
    forecast: forecast({ document: campaign.document, waves: sizes, classes, behaviour, openShare }, now),
  }
}

async function skippedOf(
  { campaigns }: CampaignDependencies,
  { id }: Campaign,
  kinds: ReadonlyMap<string, number>,
): Promise<Skipped[]> {
  const skipped: Skipped[] = []
  for (const [kind, devices] of kinds) {
    const first = await campaigns.targets(id, { limit: named, after: undefined, kind })
    skipped.push({ kind: kind as SkipKind, devices, first: first.map(({ device, reason }) => ({ device, reason })) })
  }
  return skipped
}

async function wavesOf(
  { campaigns }: CampaignDependencies,
  { id, state }: Campaign,
  waves: readonly Wave[],
  zones: readonly string[],
): Promise<(Wave & { first: string[] })[]> {
  const shown: (Wave & { first: string[] })[] = []
  let from = -1
  for (const wave of waves) {
    // Once it runs, what is left of a wave is not what it began with.
    const next =
      state === 'planned' ? await campaigns.nextHouseholds(id, wave, zones, named, wave.band === 0 ? from : -1) : []
    shown.push({ ...wave, first: next.flatMap(({ devices }) => devices).slice(0, named) })
    if (wave.band === 0) from = wave.toLot ?? from
  }
  return shown
}

/** What the version requires comes before it. */
async function orderOf(
  { definitions }: CampaignDependencies,
  { tenant, document, version }: Campaign,
): Promise<string[][]> {
  const { service } = document.order
  if (version === null) return [[service]]
  const found = await definitions.version(tenant, service, version)
  const required = (found?.relations ?? [])
    .filter(({ kind }) => kind === 'requires')
    .map((relation) => relation.service)
  return required.length === 0 ? [[service]] : [required, [service]]
}

/** @param transfers devices by `<manifest before>><manifest after>` */
async function bytesOf(deps: CampaignDependencies, transfers: ReadonlyMap<string, number>): Promise<Transfer> {
  const sum = { total: 0, changed: 0, patched: 0 }
  for (const [key, devices] of transfers) {
    const [from = '', to = ''] = key.split('>')
    const bytes = await deps.definitions.transfer(from === '' ? null : from, to)
    if (bytes === null) continue
    sum.total += bytes.total * devices
    sum.changed += bytes.changed * devices
    sum.patched += bytes.patched * devices
  }
  return sum
}

async function behaviourOf(deps: CampaignDependencies, tenant: string, now: WallTime) {
  const deliveries = await deps.campaigns.recentDeliveries(tenant, new Date(now - lookBack.time), lookBack.most)
  const classes = await deps.entities.targets.classes([...new Set(deliveries.map(({ device }) => device))])
  return behaviourFrom(
    deliveries.flatMap(({ device, hour, took }) => {
      const name = classes.get(device)
      return name === undefined ? [] : [{ class: name, hour, took }]
    }),
  )
}

/** The share of the coming week in which windows are open, in the zone where that is least. */
function openShareOf(
  { windows }: CampaignDependencies,
  { document }: Campaign,
  zones: ReadonlyMap<string, number>,
  now: WallTime,
): number {
  if (document.windows.length === 0) return 1
  const hours = 7 * 24
  const share = (zone: string): number => {
    let open = 0
    for (let hour = 0; hour < hours; hour++) if (windows.at(document.windows, zone, now + hour * 3_600_000).open) open++
    return open / hours
  }
  const most = [...zones].toSorted(([, a], [, b]) => b - a).slice(0, 10)
  return Math.min(1, ...most.map(([zone]) => share(zone)))
}
