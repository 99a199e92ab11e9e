import type { CampaignPart, OrderItem } from '../../../order-processing/index.ts'
import type { Firing } from '../../../policy-and-preferences/index.ts'
import type { Chain } from './chain.ts'
import type { Facts, PastOrder } from './facts.ts'
import { clause, householdText, listed, timeText, wishText } from './wording.ts'

/**
 * From the first cause to the order.
 * @param drift place of the drift that may have set a policy off
 * @returns the place of the order
 */
export function addWish(chain: Chain, facts: Facts, { order, items }: PastOrder, drift: number | null = null): number {
  const refs = { order: order.id }
  const wished = items.filter(({ origin }) => origin === 'wished').map((item) => wishText(facts, item))
  const what = `ordered to ${listed(wished, 10)} for ${householdText(facts, order.household)}: order ${order.id}`
  if (order.origin.kind === 'policy') {
    const firing = facts.firings.get(order.origin.cause ?? '')
    const fired = addFiring(chain, order.origin.name ?? order.origin.id, firing, drift)
    return chain.add('wish', order.createdAt, `So the policy ${what}`, refs, fired)
  }
  if (order.origin.kind === 'campaign') {
    const taken = addCampaign(chain, facts, order.origin.name ?? order.origin.id, order.id)
    return chain.add('wish', order.createdAt, `So the campaign ${what}`, refs, taken)
  }
  const asker = facts.askers.get(order.id) ?? 'Somebody'
  const placed = chain.add('wish', order.createdAt, `${asker} ${what}`, refs, null)
  if (order.requestedStart === null || order.requestedStart <= order.createdAt) return placed
  return chain.add('wish', null, `It was to begin at ${timeText(facts, order.requestedStart)}`, refs, placed)
}

function addFiring(chain: Chain, name: string, firing: Firing | null | undefined, drift: number | null): number {
  if (firing === null) return chain.add('policy', null, 'A policy of the provider fired', {}, null)
  if (firing === undefined)
    return chain.add('policy', null, `The policy "${name}" fired; what it went by is no longer kept`, {}, null)
  const { cause, subject, clauses, version, id, at } = firing
  const about = cause.kind === 'event' ? `${cause.what} about ${subject}` : `${cause.what}, for ${subject}`
  const refs = { firing: id }
  const from = cause.what === 'device.drifted' ? drift : null
  const set = chain.add('policy', at, `The policy "${name}" (version ${version}) was set off by ${about}`, refs, from)
  const held = clauses.filter(({ held }) => held)
  if (held.length === 0) return set
  const said = held.map(({ source, detail }) => (detail === '' ? `${source}` : `${source} (${detail})`))
  return chain.add('policy', at, `Its condition held: ${said.join('; ')}`, refs, set)
}

function addCampaign(chain: Chain, { campaigns, seesCampaigns }: Facts, name: string, order: string): number {
  const [part] = campaigns.get(order) ?? []
  if (!seesCampaigns || part === undefined) {
    const named = seesCampaigns ? `The campaign "${name}"` : 'A campaign of the provider'
    return chain.add('campaign', null, `${named} took the household in`, {}, null)
  }
  const refs = { campaign: part.campaign }
  const into = `The campaign "${name}" (${part.campaign}) took the household into wave ${part.wave}`
  if (part.backOrder !== order) return chain.add('campaign', null, into, refs, null)
  const taken = chain.add('campaign', null, `${into} by order ${part.order ?? ''}`, refs, null)
  return chain.add('campaign', part.since, `${campaignText(part)}, so what it had done was taken back`, refs, taken)
}

/** How a campaign stands: one clause, with a capital letter. */
export function campaignText({ name, campaignState, why }: CampaignPart): string {
  const because = clause(why, '')
  return `The campaign "${name}" is ${campaignState}${because === '' ? '' : `: ${because}`}`
}

/** Why an item is there, and why in this version. @returns the place of what it follows from */
export function addChoice(chain: Chain, { order, items }: PastOrder, item: OrderItem, placed: number): number {
  const refs = { order: order.id, service: item.service, version: item.version }
  let from = placed
  if (item.origin !== 'wished')
    from = chain.add(
      'choice',
      null,
      `${wordOf[item.origin]} ${item.service} ${item.version}: ${clause(item.because)}`,
      refs,
      from,
    )
  for (const reason of item.reasons)
    if (reason.startsWith('not '))
      from = chain.add('choice', null, `It did not get a newer version: ${clause(reason)}`, refs, from)
  const before = items.filter(({ position }) => item.after.includes(position))
  if (before.length === 0) return from
  const named = listed(before.map(({ action, service, version }) => `"${action} ${service} ${version}"`))
  return chain.add('choice', null, `It had to come after ${named} of the same order`, refs, from)
}

const wordOf = {
  required: 'The order brought along',
  recommended: 'The order brought along, as it is recommended,',
  replaced: 'The order took away',
  unneeded: 'The order took away',
} as const
