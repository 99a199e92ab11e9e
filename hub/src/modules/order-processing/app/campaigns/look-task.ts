import type { Task } from '../../../../engine/index.ts'
import type { JsonObject } from '@sutler/engine'
import type { Tx } from '../../../../platform/database.ts'
import { newId } from '../../../../platform/ids.ts'
import { isEnd, nextStep, type Facts, type Step } from '../../domain/campaigns/next.ts'
import { refilled } from '../../domain/campaigns/rate.ts'
import { cancelOpen } from './cancel-open.ts'
import type { CampaignDependencies } from './dependencies.ts'
import { knownOf, ranUntil } from './facts.ts'
import { decided } from './record-task.ts'
import { joinDevices } from './join-devices.ts'
import { placeWave } from './place-wave.ts'
import { returnHouseholds } from './return-households.ts'
import { takeOutcomes } from './settled.ts'
import type { Campaign } from './campaign.ts'
import type { CampaignChanges } from './storage.ts'

/** Between looks when there was something to do; it doubles while there is nothing, up to these. */
const shortest = 1_000
const longestWhileOpen = 15_000
const longest = 60_000

/**
 * `campaigns.look(campaign)`: takes what became of the orders, decides what is next, and orders for at most some hundred devices.
 * Ends with `{phase, next, until, why}`: in which phase it looked, which follows, and when to look again. What it has done when it
 * is broken off, it finds done when it is tried again.
 */
export function lookTask(deps: CampaignDependencies): Task {
  return {
    kind: 'external',
    async run({ args }, abort): Promise<JsonObject> {
      const id = String(args['campaign'])
      const heard = await takeOutcomes(deps, id, abort)
      const campaign = await deps.campaigns.campaign(id)
      if (campaign === null) return { phase: '', next: '', until: '', why: 'the campaign is gone' }
      const joined = await joinDevices(deps, campaign)
      const now = deps.clock.now()
      const known = await knownOf(deps, campaign, now)
      const { facts } = known
      const step = nextStep(campaign.document, facts, now, paceOf(campaign, facts))
      if (!(await record(deps, campaign, facts, step, heard || joined))) return stale(campaign, now)
      const did = step.place > 0 ? await act(deps, campaign, step, known, abort) : 0
      if (did > 0) await spend(deps, campaign, facts, now, did)
      // Nothing could be done of what was to be: whatever stands in the way, it is not looked at again at once.
      const until = step.place > 0 && did === 0 ? now + 5_000 : step.until
      return { phase: campaign.state, next: step.next, until: new Date(until).toISOString(), why: step.why }
    },
  }
}

function stale({ state }: Campaign, now: number): JsonObject {
  return { phase: '', next: state, until: new Date(now).toISOString(), why: 'the campaign has moved on meanwhile' }
}

function paceOf({ quiet }: Campaign, { open }: Facts): number {
  return Math.min(shortest * 2 ** Math.min(quiet, 10), open > 0 ? longestWhileOpen : longest)
}

/** Writes down what was decided, if the campaign still is where it was when that was decided. */
async function record(
  deps: CampaignDependencies,
  campaign: Campaign,
  facts: Facts,
  step: Step,
  heard: boolean,
): Promise<boolean> {
  const now = deps.clock.now()
  const at = new Date(now)
  return await deps.database.transaction(async (tx) => {
    const held = await deps.campaigns.campaignForUpdate(tx, campaign.id)
    if (held?.state !== campaign.state || held.since.getTime() !== campaign.since.getTime()) return false
    const moved = step.next !== campaign.state || step.begin !== undefined || step.passed !== undefined
    const ran = ranUntil(campaign, now)
    const tokens = refilled(campaign.document.rate, facts.bucket.tokens, now - facts.bucket.at, ran)
    const changes: CampaignChanges = {
      ran,
      tokens,
      lookedAt: at,
      quiet: moved || heard || step.place > 0 ? 0 : campaign.quiet + 1,
      ...(step.tripped === undefined ? {} : { tripped: step.tripped }),
      ...(step.begin === undefined ? {} : { currentWave: step.begin }),
    }
    await deps.campaigns.change(tx, campaign.id, changes, at)
    const wave = facts.waves[facts.current - 1]
    if (wave !== undefined && !facts.left)
      await deps.campaigns.changeWave(tx, campaign.id, wave.number, { placedAt: new Date(wave.placedAt ?? now) })
    if (step.tripped !== undefined) await noteTrip(deps, tx, campaign, step, at)
    if (step.passed !== undefined) await deps.campaigns.changeWave(tx, campaign.id, step.passed, { passedAt: at })
    if (step.begin !== undefined) await deps.campaigns.changeWave(tx, campaign.id, step.begin, { beganAt: at })
    return true
  })
}

/** What trips stays told among what people did, also when the campaign has moved on to another state. */
async function noteTrip(deps: CampaignDependencies, tx: Tx, campaign: Campaign, step: Step, at: Date): Promise<void> {
  const act = step.next === 'paused' ? 'pause' : step.next === 'aborting' ? 'abort' : 'roll-back'
  const decision = decided(deps, campaign, step.next, step.why)
  tx.audit.decisions.push(decision)
  await deps.campaigns.addAct(tx, {
    id: newId('act', at.getTime()),
    campaign: campaign.id,
    act,
    wave: campaign.currentWave,
    principal: `campaign:${campaign.id}`,
    name: 'the campaign itself',
    decision: decision.id,
    reason: step.why,
    at,
  })
}

/** @returns for how many devices something was done */
async function act(
  deps: CampaignDependencies,
  campaign: Campaign,
  step: Step,
  {
    waves,
    openZones,
  }: { waves: readonly { number: number; band: number; toLot: number | null }[]; openZones: readonly string[] },
  abort: AbortSignal,
): Promise<number> {
  if (isEnd(step.next)) return 0
  if (step.next === 'aborting') return await cancelOpen(deps, campaign, step.place)
  if (step.next === 'rolling-back') return await returnHouseholds(deps, campaign, step.place, abort)
  const wave = waves.find(({ number }) => number === campaign.currentWave)
  return wave === undefined ? 0 : await placeWave(deps, campaign, wave, openZones, step.place, abort)
}

async function spend(
  deps: CampaignDependencies,
  { id, document }: Campaign,
  { bucket, ran }: Facts,
  now: number,
  did: number,
): Promise<void> {
  const tokens = Math.max(0, refilled(document.rate, bucket.tokens, now - bucket.at, ran) - did)
  await deps.database.transaction((tx) => deps.campaigns.change(tx, id, { tokens }, new Date(now)))
}
