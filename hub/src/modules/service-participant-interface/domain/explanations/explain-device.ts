import type { Delivery } from '../../../order-processing/index.ts'
import { Chain, ended, type Explanation } from './chain.ts'
import { addDevice, addDrift, differing, finish } from './device-links.ts'
import { addDelivery, stateText } from './explain-delivery.ts'
import type { DeviceFacts, PastOrder, VersionFacts } from './facts.ts'
import { orderStateText } from './explain-order.ts'
import { explainProved } from './explain-proved.ts'
import { standingOf } from './standing.ts'
import { addChoice, addWish, campaignText } from './wish.ts'
import { capital, clause, deviceText, listed } from './wording.ts'

/** Why a device has what it has: service by service. */
export function explainDevice(facts: DeviceFacts): Explanation {
  const { device, deliveries, subscriptions } = facts
  const chain = new Chain()
  const home = addDevice(chain, facts)
  for (const delivery of deliveries) {
    const asked = facts.orders.get(delivery.order)
    const placed = asked === undefined ? home : addWish(chain, facts, asked)
    const refs = { delivery: delivery.id, service: delivery.service, version: delivery.version }
    const last = chain.add(
      'device',
      delivery.settledAt ?? delivery.updatedAt,
      capital(stateText(facts, delivery)),
      refs,
      placed,
    )
    addDrift(chain, differing(facts, delivery), last)
  }
  const without = subscriptions.filter(({ service }) => !deliveries.some((delivery) => delivery.service === service))
  for (const { service, version } of without)
    chain.add(
      'plan',
      null,
      `The household has ${service} ${version}, and nothing of it was ever sent to this device`,
      { service, version },
      home,
    )
  const answer = capital(`${deviceText(facts, device.id)} ${deviceState(facts)}`)
  chain.add('state', facts.now, `So ${answer.charAt(0).toLowerCase()}${answer.slice(1)}`, { device: device.id })
  return { answer: ended(answer), chain: chain.links, ...openStanding(facts) }
}

function deviceState(facts: DeviceFacts): string {
  const { device, deliveries } = facts
  if (device.state !== 'active') return `is ${device.state}`
  const drift = deliveries.flatMap((delivery) => differing(facts, delivery) ?? [])
  const has = deliveries
    .filter((delivery) => runs(delivery) && differing(facts, delivery) === undefined)
    .map(({ service, version }) => `${service} ${version}`)
  const said = has.length > 0 ? [`runs ${has.join(', ')}`] : []
  if (drift.length > 0) said.push(`is not as it was proved: ${listed(drift.map(({ detail }) => clause(detail)))}`)
  return said.join(', and ') || 'has nothing installed by the hub that was confirmed last'
}

function runs({ state, kind }: Delivery): boolean {
  return state === 'confirmed' && kind === 'install'
}

function openStanding(facts: DeviceFacts): Pick<Explanation, 'now' | 'next'> {
  const open = facts.deliveries.find(({ settledAt }) => settledAt === null)
  return open === undefined ? { now: null, next: null } : standingOf(facts, facts.orders.get(open.order), open)
}

/** Why a device has, or has not, a version of a service. */
export function explainVersion(facts: DeviceFacts, asked: VersionFacts): Explanation {
  const { service, version } = asked
  const own = facts.deliveries.filter((each) => each.service === service)
  const now = own.find(({ state }) => state === 'confirmed')
  const has = now?.kind === 'install' && now.version === version
  const chain = new Chain()
  if (now !== undefined && has) return explainProved(chain, facts, own, now)
  const tried = own.find((each) => each.version === version && each.kind === 'install' && each.state !== 'confirmed')
  // A confirmed one is told by what came after it.
  const replaced = own.some((each) => each.version === version && each.kind === 'install' && each.state === 'confirmed')
  const told = replaced && now !== undefined && (tried === undefined || now.epoch > tried.epoch) ? now : tried
  if (told !== undefined) {
    const last = addDelivery(chain, facts, told)
    const drift = now === undefined ? undefined : differing(facts, now)
    addDrift(chain, drift, now === undefined || told === now ? last : addCurrent(chain, facts, service, now))
    const not = told.settledAt === null ? 'Not yet' : 'No'
    const otherwise = told === now && drift !== undefined ? `; but it reports that ${clause(drift.detail)}` : ''
    return finish(chain, facts, `${not}: ${clause(stateText(facts, told))}${otherwise}`, told)
  }
  return neverOrdered(chain, facts, asked, now)
}

function addCurrent(chain: Chain, facts: DeviceFacts, service: string, now: Delivery): number {
  const refs = { service, device: facts.device.id, delivery: now.id, version: now.version }
  return chain.add('device', now.settledAt, `What is confirmed: ${stateText(facts, now)}`, refs)
}

/** It was never on its way to the device: everything that speaks against it, the most telling last. */
function neverOrdered(chain: Chain, facts: DeviceFacts, asked: VersionFacts, now: Delivery | undefined): Explanation {
  const { service, version } = asked
  const what = `${service} ${version}`
  const refs = { service, version, device: facts.device.id }
  const why: string[] = []
  addDevice(chain, facts)
  if (facts.device.state !== 'active') why.push(`the device is ${facts.device.state}`)
  const say = (kind: 'campaign' | 'fit' | 'choice' | 'plan', sentence: string): void => {
    chain.add(kind, null, capital(sentence), refs)
    why.push(clause(sentence))
  }
  addParts(chain, facts, asked, why)
  if (asked.known === null) say('choice', `there is no ${what} that can be ordered`)
  else {
    if (asked.known.state !== 'released')
      say('choice', `${what} is ${asked.known.state}, so it is not ordered for anybody new`)
    if (asked.known.channel !== null && steadiness(asked.known.channel) < steadiness(asked.channel))
      say(
        'choice',
        `${what} is on the channel ${asked.known.channel}, and the household takes ${service} from ${asked.channel}`,
      )
    if (asked.unfit !== null) say('fit', asked.unfit)
    else for (const reason of asked.against) say('choice', reason)
  }
  if (now !== undefined) addOther(chain, facts, now, why)
  addOrders(chain, facts, asked, why)
  const reason = why[0] ?? `no order asked for it`
  return finish(
    chain,
    facts,
    `No: ${deviceText(facts, facts.device.id)} does not have ${what}, because ${lower(reason)}`,
  )
}

function lower(text: string): string {
  return /^(The|It|No|An|A|There) /.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text
}

function steadiness(channel: string): number {
  return ['alpha', 'beta', 'stable'].indexOf(channel)
}

/** Campaigns that bring the service and have not ordered for the device. */
function addParts(chain: Chain, facts: DeviceFacts, { service }: VersionFacts, why: string[]): void {
  for (const part of facts.parts.filter((each) => each.service === service && each.order === null)) {
    const name = facts.seesCampaigns ? `the campaign "${part.name}"` : 'a campaign of the provider'
    const sentence =
      part.state === 'planned'
        ? `${name} has not ordered it for this device yet`
        : `${name} left the device out: ${clause(part.reason ?? '', part.kind || part.state)}`
    why.push(sentence)
    const cause = facts.seesCampaigns
      ? chain.add('campaign', part.since, campaignText(part), { campaign: part.campaign })
      : chain.last
    chain.add('campaign', null, capital(sentence), facts.seesCampaigns ? { campaign: part.campaign } : {}, cause)
  }
}

function addOther(chain: Chain, facts: DeviceFacts, now: Delivery, why: string[]): void {
  addDrift(chain, differing(facts, now), addDelivery(chain, facts, now))
  why.push(`${stateText(facts, now)}, by order ${now.order}`)
}

/** The newest orders about the service, and whether they meant this device. */
function addOrders(chain: Chain, facts: DeviceFacts, { service, version }: VersionFacts, why: string[]): void {
  const { id } = facts.device
  const about = [...facts.orders.values()]
    .filter(
      ({ items, deliveries }) =>
        items.some((item) => item.service === service) && !deliveries.some(({ device }) => device === id),
    )
    .toSorted((a, b) => (a.order.id < b.order.id ? 1 : -1))
  for (const found of about.slice(0, 3)) addOrder(chain, facts, found, service, why)
  if (about.length > 0 || facts.deliveries.some((each) => each.service === service)) return
  const sentence = `no order asked for ${service} ${version} for this device`
  why.push(sentence)
  chain.add('wish', null, capital(sentence), { service, version })
}

function addOrder(chain: Chain, facts: DeviceFacts, found: PastOrder, service: string, why: string[]): void {
  const { id } = facts.device
  const placed = addWish(chain, facts, found)
  const item = found.items.find((each) => each.service === service)!
  const refs = { order: found.order.id, service }
  if (found.order.state === 'rejected') {
    chain.add('choice', found.order.settledAt, `It was refused: ${clause(found.order.detail)}`, refs, placed)
    why.push(clause(orderStateText(found)))
    return
  }
  const from = addChoice(chain, found, item, placed)
  const left = item.reasons.find((reason) => reason.startsWith(`${id}: `))
  const sentence =
    left === undefined
      ? `that order was not for this device: ${item.action} ${item.service} ${item.version} for others`
      : `that order left the device out: ${clause(left.slice(id.length + 2))}`
  chain.add(left === undefined ? 'plan' : 'fit', null, capital(sentence), refs, from)
  why.push(left === undefined ? `order ${found.order.id} was not for this device` : clause(left.slice(id.length + 2)))
}
