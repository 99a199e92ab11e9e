import type { WallTime } from '../../../../platform/clock.ts'
import { sliceOf, type Facts, type Phase, type WaveFacts } from '../../domain/campaigns/next.ts'
import type { CampaignDependencies } from './dependencies.ts'
import type { Campaign, Wave } from './campaign.ts'

/** A campaign with what is known of it at one look. */
export interface Known {
  readonly facts: Facts
  readonly waves: readonly Wave[]
  /** Zones in which devices of the current wave may be ordered for now. */
  readonly openZones: readonly string[]
}

/** A gap in which nobody looked is not time in which orders were placed. */
const longestGap = 120_000

/** Gathers what `nextStep` decides on: by a few statements, however many devices there are. */
export async function knownOf(deps: CampaignDependencies, campaign: Campaign, now: WallTime): Promise<Known> {
  const { id, currentWave } = campaign
  const phase = campaign.state as Phase
  const waves = await deps.campaigns.waves(id)
  const current = waves[currentWave - 1]
  const zones = current === undefined ? [] : await deps.campaigns.zonesLeft(id, current)
  const { openZones, opensAt } = opening(deps, campaign, zones, now)
  const acts = await deps.campaigns.acts(id)
  const approved = acts.flatMap(({ act, wave }) => (act === 'approve' && wave !== null ? [wave] : []))
  const facts: Facts = {
    phase,
    since: campaign.since.getTime(),
    startedAt: campaign.startedAt?.getTime() ?? now,
    countedFrom: campaign.countedFrom?.getTime() ?? now,
    waves: waves.map((wave) => waveFacts(wave, now, wave.number === currentWave && zones.length === 0)),
    current: currentWave,
    left: zones.length > 0,
    leftInWindow: openZones.length > 0,
    opensAt,
    approved: new Set(approved),
    waived: new Set(campaign.waived),
    ran: ranUntil(campaign, now),
    bucket: { tokens: campaign.tokens, at: campaign.lookedAt?.getTime() ?? now },
    resumedAt: campaign.resumedAt?.getTime() ?? null,
    open: waves.reduce((sum, wave) => sum + (phase === 'rolling-back' ? wave.returningOpen : wave.open), 0),
    toUndo: await toUndo(deps, campaign, phase),
  }
  return { facts, waves, openZones }
}

export function ranUntil({ state, ran, lookedAt }: Campaign, now: WallTime): number {
  if (lookedAt === null || (state !== 'running' && state !== 'rolling-back')) return ran
  return ran + Math.max(0, Math.min(longestGap, now - lookedAt.getTime()))
}

function waveFacts(wave: Wave, now: WallTime, placed: boolean): WaveFacts {
  const { number, size, open, done, failed, cancelled } = wave
  const placedAt = wave.placedAt?.getTime() ?? (placed ? now : null)
  return { number, size, open, done, failed, cancelled, placedAt, passedAt: wave.passedAt?.getTime() ?? null }
}

/** The zones in which a window is open, and when the next one opens elsewhere. */
function opening(
  { windows }: CampaignDependencies,
  { document }: Campaign,
  zones: readonly string[],
  now: WallTime,
): { openZones: readonly string[]; opensAt: WallTime | null } {
  if (document.windows.length === 0) return { openZones: zones, opensAt: null }
  const openZones: string[] = []
  let opensAt: WallTime | null = null
  for (const zone of zones) {
    const opening = windows.at(document.windows, zone, now)
    if (opening.open) openZones.push(zone)
    else if (opening.until !== null) opensAt = Math.min(opensAt ?? Infinity, opening.until)
  }
  return { openZones, opensAt }
}

function toUndo({ campaigns }: CampaignDependencies, campaign: Campaign, phase: Phase): Promise<number> | number {
  if (phase === 'rolling-back') return campaigns.countToReturn(campaign.id, 10_000)
  if (phase !== 'aborting') return 0
  return campaigns.openOrders(campaign.id, campaign.cancelledTo ?? '', sliceOf).then((orders) => orders.length)
}
