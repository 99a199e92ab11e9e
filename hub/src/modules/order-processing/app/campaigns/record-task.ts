import type { Task, TaskEnd } from '../../../../engine/index.ts'
import { appendEvents, type LifecycleEvent } from '../../../../platform/events.ts'
import type { Decision } from '../../../../platform/access.ts'
import { isEnd } from '../../domain/campaigns/next.ts'
import type { CampaignDependencies } from './dependencies.ts'
import type { Campaign, CampaignState } from './campaign.ts'

/**
 * `campaigns.record(campaign, state, why)`: where the campaign stands, as its pattern sees it, in the transaction of the step.
 * Ends with `{}`.
 */
export function recordTask(deps: CampaignDependencies): Task {
  return {
    kind: 'transactional',
    async run(tx, calls) {
      const now = new Date(deps.clock.now())
      const events: (LifecycleEvent & { decision: string })[] = []
      for (const { args } of calls) {
        const [id, state, why] = [String(args['campaign']), String(args['state']) as CampaignState, String(args['why'])]
        const campaign = await deps.campaigns.campaignForUpdate(tx, id)
        if (campaign === null) continue
        if (campaign.state === state) {
          if (campaign.why !== why) await deps.campaigns.change(tx, id, { why }, now)
          continue
        }
        await deps.campaigns.change(tx, id, { state, why, since: now, ...entering(campaign, state, now) }, now)
        const decision = decided(deps, campaign, state, why)
        tx.audit.decisions.push(decision)
        if (isEnd(state)) await deps.entities.groups.release(tx, { kind: 'campaign', id })
        events.push(campaignEvent(campaign, state, why, decision))
      }
      await appendEvents(tx, deps.doorbells, events)
      return calls.map((): TaskEnd => ({ done: {} }))
    },
  }
}

/** What else changes when the campaign enters a state. */
function entering(campaign: Campaign, state: CampaignState, now: Date) {
  const begins = { lookedAt: now, quiet: 0 }
  if (state === 'running' && campaign.state === 'planned')
    return { ...begins, startedAt: now, countedFrom: now, tokens: campaign.document.rate.perMinute }
  if (state === 'running' && campaign.state === 'paused')
    return {
      ...begins,
      resumedAt: now,
      tripped: null,
      waived: campaign.tripped === null ? campaign.waived : [...campaign.waived, campaign.tripped],
      countedFrom: campaign.tripped === 'deadline' ? now : campaign.countedFrom,
    }
  if (state === 'rolling-back') return { ...begins, tokens: campaign.document.rate.perMinute }
  return begins
}

/** The campaign acts by itself, on what the person decided who started it or told it to. */
export function decided(
  { access }: CampaignDependencies,
  campaign: Campaign,
  state: CampaignState,
  why: string,
): Decision {
  const { id, tenant, name, startedBy, startedDecision, createdBy, decision } = campaign
  return access.judged({
    tenant,
    actor: { kind: 'system', id: `campaign:${id}`, name },
    action: 'campaign.write',
    object: { campaign: id },
    verdict: 'allowed',
    reason: `${state}: ${why}; set off by ${startedBy ?? createdBy} (decision ${startedDecision ?? decision})`,
  })
}

export function campaignEvent(
  { id, tenant, name }: Pick<Campaign, 'id' | 'tenant' | 'name'>,
  state: CampaignState,
  why: string,
  decision: Decision,
): LifecycleEvent & { decision: string } {
  return {
    type: `campaign.${eventOf[state]}`,
    subject: id,
    tenant,
    household: null,
    data: { name, state, why },
    decision: decision.id,
  }
}

const eventOf: Readonly<Record<CampaignState, string>> = {
  planning: 'planning',
  planned: 'planned',
  running: 'running',
  waiting: 'waiting',
  paused: 'paused',
  aborting: 'aborting',
  'rolling-back': 'rollingBack',
  completed: 'completed',
  aborted: 'aborted',
  'rolled-back': 'rolledBack',
  failed: 'failed',
}
