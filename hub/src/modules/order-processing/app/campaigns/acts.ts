import { notFound, type Decision, type Principal } from '../../../../platform/access.ts'
import type { Tx } from '../../../../platform/database.ts'
import { CallerError } from '../../../../platform/errors.ts'
import { newId } from '../../../../platform/ids.ts'
import type { CampaignDependencies } from './dependencies.ts'
import { campaignNotThere, nothingToApprove, sameApprover } from './errors.ts'
import type { Act, Campaign, CampaignState } from './campaign.ts'
import type { CampaignChanges } from './storage.ts'

/** What people do about campaigns: each act is kept with who did it, why, and on what decision, and is a signal to the campaign. */

type Name = Act['act']

/** From which states each can be done, and what the pattern is told. */
const ways: Readonly<Record<Name, { readonly from: readonly CampaignState[]; readonly signal: string }>> = {
  preview: { from: ['planned'], signal: 'plan-again' },
  start: { from: ['planned'], signal: 'start' },
  pause: { from: ['running', 'waiting'], signal: 'pause' },
  resume: { from: ['paused'], signal: 'resume' },
  approve: { from: ['planned', 'running', 'waiting', 'paused'], signal: 'approved' },
  abort: { from: ['planning', 'planned', 'running', 'waiting', 'paused'], signal: 'abort' },
  'roll-back': { from: ['running', 'waiting', 'paused', 'aborting', 'aborted', 'completed'], signal: 'roll-back' },
}

/** Finds a campaign that the principal may act on. @throws CallerError `not-found`, `forbidden` */
export async function campaignFor(
  deps: Pick<CampaignDependencies, 'campaigns' | 'access'>,
  principal: Principal,
  action: 'campaign.read' | 'campaign.write' | 'campaign.approve',
  id: string,
): Promise<{ campaign: Campaign; decision: Decision }> {
  const campaign = await deps.campaigns.campaign(id)
  if (campaign === null) throw new CallerError(notFound, `there is no campaign ${id}`)
  const { tenant, createdBy } = campaign
  return { campaign, decision: deps.access.authorise(principal, action, { tenant, owner: createdBy }) }
}

/** At once, so that whoever asks next waits for the new plan. */
const replanned = {
  planCursor: null,
  plannedAt: null,
  state: 'planning',
  why: 'its devices are being looked at again',
} as const

/** @throws CallerError `not-found`, `campaign-state` */
export async function actOn(
  deps: CampaignDependencies,
  principal: Principal,
  id: string,
  act: Exclude<Name, 'approve'>,
  reason: string,
): Promise<void> {
  const { decision } = await campaignFor(deps, principal, 'campaign.write', id)
  await carryOut(deps, principal, id, { act, reason, wave: null, decision }, (campaign) =>
    act === 'start'
      ? { startedBy: principal.id, startedDecision: decision.id }
      : act === 'preview'
        ? { ...replanned, planNumber: campaign.planNumber + 1, since: new Date(deps.clock.now()) }
        : {},
  )
}

/**
 * A second person lets a wave begin. @throws CallerError `not-found`, `campaign-state`, `nothing-to-approve`, `same-person`
 */
export async function approveWave(
  deps: CampaignDependencies,
  principal: Principal,
  id: string,
  { wave, reason }: { wave: number; reason: string },
): Promise<void> {
  const { campaign, decision } = await campaignFor(deps, principal, 'campaign.approve', id)
  const approval = campaign.document.approvals.find(({ before }) => before === wave)
  if (approval === undefined)
    throw new CallerError(nothingToApprove, `campaign ${id} asks for no approval before wave ${wave}`)
  if (principal.id === campaign.createdBy || principal.id === campaign.startedBy)
    throw new CallerError(
      sameApprover,
      `${principal.name} made or started campaign ${id} and cannot approve it as well`,
    )
  if (!principal.roles.some((role) => role === approval.role))
    throw new CallerError(sameApprover, `wave ${wave} is to be approved by somebody with the role ${approval.role}`)
  await carryOut(deps, principal, id, { act: 'approve', reason, wave, decision }, () => ({}))
}

/** What can be done once: a start that was asked for is not yet in the campaign's state. */
function startsOver(act: Name): boolean {
  return act === 'start' || act === 'preview'
}

async function carryOut(
  deps: CampaignDependencies,
  principal: Principal,
  id: string,
  { act, reason, wave, decision }: { act: Name; reason: string; wave: number | null; decision: Decision },
  changes: (campaign: Campaign) => CampaignChanges,
): Promise<void> {
  const { from, signal } = ways[act]
  const now = new Date(deps.clock.now())
  const entry = newId('act', deps.clock.now())
  await deps.database.transaction(async (tx: Tx) => {
    const campaign = await deps.campaigns.campaignForUpdate(tx, id)
    if (campaign === null || !from.includes(campaign.state) || (startsOver(act) && campaign.startedBy !== null))
      throw new CallerError(
        campaignNotThere,
        `campaign ${id} is ${campaign?.state ?? 'gone'}: ${act} can be done while it is ${from.join(' or ')}`,
      )
    const changed = changes(campaign)
    if (Object.keys(changed).length > 0) await deps.campaigns.change(tx, id, changed, now)
    const { id: by, name } = principal
    await deps.campaigns.addAct(tx, {
      id: entry,
      campaign: id,
      act,
      wave,
      principal: by,
      name,
      decision: decision.id,
      reason,
      at: now,
    })
    const why = `${name}${reason === '' ? '' : `: ${reason}`}`
    await deps.engine.send(tx, [{ to: `model:campaign/${id}`, id: entry, type: signal, args: { why } }])
  })
}
