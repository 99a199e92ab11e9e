import type { Decision, Principal } from '../../../../platform/access.ts'
import type { Tx } from '../../../../platform/database.ts'
import { appendEvents } from '../../../../platform/events.ts'
import { CallerError } from '../../../../platform/errors.ts'
import { newId } from '../../../../platform/ids.ts'
import { orderRefusal } from '../../../service-definitions/index.ts'
import { checkCampaign } from '../../domain/campaigns/check.ts'
import { groupsOf } from '../../domain/campaigns/waves.ts'
import type { CampaignDocument } from '../../domain/campaigns/document.ts'
import { unknownService, unknownVersion } from '../../errors.ts'
import { campaignImpossible } from './errors.ts'
import type { CampaignDependencies } from './dependencies.ts'
import { campaignEvent } from './record-task.ts'
import type { Campaign } from './campaign.ts'

/**
 * Takes a campaign and begins to plan it; nothing is ordered before somebody starts it. `also` is written in the same transaction.
 * @throws CallerError `campaign-impossible` naming each place, `unknown-service`, `unknown-version`, `invalid-filter`,
 * `filter-too-expensive`, `window-never-opens`
 */
export async function createCampaign(
  deps: CampaignDependencies,
  principal: Principal,
  document: CampaignDocument,
  also: (tx: Tx, campaign: Campaign) => Promise<void> = nothing,
): Promise<Campaign> {
  const { tenant } = principal
  const decision = deps.access.authorise(principal, 'campaign.write', { tenant, owner: principal.id })
  await checkDocument(deps, tenant, document)
  const version = await versionFor(deps, tenant, document)
  const now = new Date(deps.clock.now())
  const campaign = newCampaign(deps, principal, document, { decision, version, now })
  await deps.database.transaction(async (tx) => {
    await deps.campaigns.addCampaign(tx, campaign)
    await appendEvents(tx, deps.doorbells, [campaignEvent(campaign, 'planning', campaign.why, decision)])
    await deps.engine.send(tx, [
      { to: `model:campaign/${campaign.id}`, id: 'plan', type: 'plan', args: {}, create: { tenant } },
    ])
    for (const group of groupsUsed(document))
      await deps.entities.groups.use(tx, group, { kind: 'campaign', id: campaign.id, name: campaign.name })
    await also(tx, campaign)
  })
  return campaign
}

async function checkDocument(deps: CampaignDependencies, tenant: string, document: CampaignDocument): Promise<void> {
  const findings = checkCampaign(document)
  if (findings.length > 0)
    throw new CallerError(campaignImpossible, findings.map(({ detail }) => detail).join('; '), { places: findings })
  deps.windows.check(document.windows, deps.clock.now())
  await deps.entities.targets.check(tenant, document.selection)
  for (const [number, group] of groupsOf(document.waves))
    await deps.entities.targets.check(tenant, { group }, `/waves/${number - 1}`)
}

/** They may not be removed as long as the campaign goes on. */
function groupsUsed({ selection, waves }: CampaignDocument): Set<string> {
  return new Set([...(selection.group === undefined ? [] : [selection.group]), ...groupsOf(waves).values()])
}

/** The version that everybody gets, whatever is released later; null where nothing is installed. */
async function versionFor(
  { definitions }: CampaignDependencies,
  tenant: string,
  { order }: CampaignDocument,
): Promise<string | null> {
  const { action, service } = order
  if ((await definitions.service(tenant, service)) === null)
    throw at(unknownService, '/order/service', `there is no service ${service}`)
  if (action !== 'add' && action !== 'modify') return null
  const wanted = order.version ?? (await newestOn(definitions, tenant, service, order.channel ?? 'stable'))
  const found = wanted === null ? null : await definitions.version(tenant, service, wanted)
  if (found === null)
    throw at(unknownVersion, '/order/version', `${service} has no ${order.version ?? 'released'} version`)
  const refusal = orderRefusal(found.state)
  if (refusal !== null) throw at(unknownVersion, '/order/version', `${service} ${found.version}: ${refusal}`)
  await definitions.requireSigned(found)
  return found.version
}

/** The newest released version of a channel, or of a steadier one. */
async function newestOn(
  { catalogue }: CampaignDependencies['definitions'],
  tenant: string,
  service: string,
  channel: (typeof steadiness)[number],
): Promise<string | null> {
  const known = (await catalogue(null, tenant, [service])).services.find(({ id }) => id === service)
  const taken = new Set<string>(steadiness.slice(steadiness.indexOf(channel)))
  const found = known?.versions.find(
    ({ state, channel: own }) => state === 'released' && own !== null && taken.has(own),
  )
  return found?.version ?? null
}

const steadiness = ['alpha', 'beta', 'stable'] as const

function at(code: typeof unknownService, pointer: string, detail: string): CallerError {
  return new CallerError(code, detail, { places: [{ pointer, detail }] })
}

function newCampaign(
  deps: CampaignDependencies,
  principal: Principal,
  document: CampaignDocument,
  { decision, version, now }: { decision: Decision; version: string | null; now: Date },
): Campaign {
  return {
    id: newId('cmp', deps.clock.now()),
    tenant: principal.tenant,
    name: document.name,
    document,
    createdBy: principal.id,
    decision: decision.id,
    state: 'planning',
    why: 'its devices are being looked at',
    since: now,
    version,
    planNumber: 1,
    planCursor: null,
    plannedAt: null,
    startedBy: null,
    startedDecision: null,
    startedAt: null,
    countedFrom: null,
    resumedAt: null,
    currentWave: 0,
    tripped: null,
    waived: [],
    ran: 0,
    tokens: 0,
    lookedAt: null,
    quiet: 0,
    joinedTo: null,
    cancelledTo: null,
    createdAt: now,
    updatedAt: now,
  }
}

async function nothing(): Promise<void> {}
