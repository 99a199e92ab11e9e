import type { Decision } from '../../../../platform/access.ts'
import { InvariantError } from '../../../../platform/errors.ts'
import type { OrderRequest } from '../../contract.ts'
import type { OrderedBy } from '../create-order.ts'
import type { CampaignDependencies } from './dependencies.ts'
import type { Campaign } from './campaign.ts'

/** What a campaign orders, and in whose name. */

/** Somebody else has ordered for these devices meanwhile: the order is not written. */
export class Overtaken extends InvariantError {
  constructor() {
    super('the devices were ordered for by somebody else meanwhile')
  }
}

/** The campaign as the one who orders for a household; its decision follows from that of the person who started it. */
export function asCampaign(
  deps: Pick<CampaignDependencies, 'access'>,
  campaign: Campaign,
  household: string,
): OrderedBy {
  const { id, tenant, name } = campaign
  const origin = { kind: 'campaign' as const, id, name, cause: id }
  return { tenant, origin, decision: decisionFor(deps, campaign, household) }
}

function decisionFor(
  { access }: Pick<CampaignDependencies, 'access'>,
  { id, tenant, name, startedBy, startedDecision }: Campaign,
  household: string,
): Decision {
  return access.judged({
    tenant,
    actor: { kind: 'system', id: `campaign:${id}`, name },
    action: 'order.write',
    object: { campaign: id, household },
    verdict: 'allowed',
    reason: `campaign ${name}, started by ${startedBy ?? 'nobody'} (decision ${startedDecision ?? 'none'})`,
  })
}

/** The order that carries the campaign out for these devices of a household. */
export function orderFor(
  { name, document, version }: Campaign,
  household: string,
  devices: readonly string[],
): OrderRequest {
  const { action, service, channel, priority, allOrNothing } = document.order
  const installs = action === 'add' || action === 'modify'
  const item = {
    action,
    service,
    ...(installs ? { devices: [...devices] } : {}),
    ...(installs && version !== null ? { version } : {}),
    ...(installs && channel !== undefined ? { channel } : {}),
  }
  return orderOf(household, name, item, { priority, allOrNothing })
}

/** The order that brings these devices back to where the campaign found them; null when there is nothing to bring back. */
export function orderBack(
  { name, document }: Campaign,
  household: string,
  devices: readonly string[],
  before: string,
): OrderRequest {
  const { action, service, priority } = document.order
  const all = { priority, allOrNothing: false }
  if (action === 'suspend') return orderOf(household, name, { action: 'resume', service }, all)
  if (action === 'resume') return orderOf(household, name, { action: 'suspend', service }, all)
  if (action === 'remove') return orderOf(household, name, { action: 'add', service, version: before }, all)
  if (before === '') return orderOf(household, name, { action: 'remove', service }, all)
  return orderOf(household, name, { action: 'modify', service, version: before, devices: [...devices] }, all)
}

function orderOf(
  household: string,
  name: string,
  item: Record<string, unknown>,
  { priority, allOrNothing }: { priority: number | undefined; allOrNothing: boolean | undefined },
): OrderRequest {
  return {
    household,
    reference: `campaign ${name}`.slice(0, 200),
    items: [item],
    ...(priority === undefined ? {} : { priority }),
    ...(allOrNothing === undefined ? {} : { allOrNothing }),
  } as unknown as OrderRequest
}
