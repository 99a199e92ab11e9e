import type { Delivery, OrderItem } from '../../../order-processing/index.ts'
import { Chain, ended, type Explanation } from './chain.ts'
import { addCourse } from './course.ts'
import type { Facts, PastOrder } from './facts.ts'
import { earlierTurn, standingOf } from './standing.ts'
import { addChoice, addWish } from './wish.ts'
import { bytesText, capital, clause, counted, deviceText, holder, listed, supersedingOrder } from './wording.ts'

/** Why a delivery is where it is: from the wish over every step to its state. */
export function explainDelivery(facts: Facts, delivery: Delivery): Explanation {
  const chain = new Chain()
  addDelivery(chain, facts, delivery)
  const { now, next } = standingOf(facts, facts.orders.get(delivery.order), delivery)
  return { answer: ended(capital(stateText(facts, delivery))), chain: chain.links, now, next }
}

/**
 * @param drift place of the drift that it repairs, if it does
 * @returns the place of the link that says its state
 */
export function addDelivery(chain: Chain, facts: Facts, delivery: Delivery, drift: number | null = null): number {
  const order = facts.orders.get(delivery.order)
  const from = order === undefined ? null : addChosen(chain, facts, order, delivery, drift)
  const planned = addPlan(chain, facts, order, delivery, from)
  const last = addPresence(chain, facts, delivery, addCourse(chain, facts, delivery, planned))
  return addState(chain, facts, order, delivery, last)
}

function addChosen(chain: Chain, facts: Facts, order: PastOrder, delivery: Delivery, drift: number | null): number {
  const placed = addWish(chain, facts, order, drift)
  const item = order.items.find(({ id }) => id === delivery.item)
  return item === undefined ? placed : addChoice(chain, order, item, placed)
}

function addPlan(
  chain: Chain,
  facts: Facts,
  order: PastOrder | undefined,
  delivery: Delivery,
  from: number | null,
): number {
  const refs = { delivery: delivery.id, device: delivery.device, service: delivery.service, version: delivery.version }
  let cause = from
  if (delivery.purpose === 'restore' && order !== undefined)
    cause = chain.add('restoring', delivery.createdAt, whyTakenBack(order), { order: order.order.id }, cause)
  const planned = chain.add('plan', delivery.createdAt, capital(planText(facts, delivery)), refs, cause)
  const earlier = earlierTurn(order, delivery)
  if (earlier.length === 0) return planned
  const named = listed([...new Set(earlier.map(({ device }) => deviceText(facts, device)))])
  return chain.add('plan', null, `It was not to start before ${named} had proved the same`, refs, planned)
}

export function whyTakenBack({ order, items }: PastOrder): string {
  const failed = items.find(({ undoes }) => undoes)
  const why =
    order.undoing === 'cancelled'
      ? `it was cancelled: ${clause(order.detail)}`
      : clause(order.detail, clause(failed?.detail ?? '', 'it failed'))
  return `The order was taken back as a whole: ${why}`
}

function planText(facts: Facts, delivery: Delivery): string {
  const { kind, service, version, component, files, bytes, purpose } = delivery
  const device = deviceText(facts, delivery.device)
  const back = purpose === 'restore' ? ', as it was before' : ''
  if (kind === 'remove') return `${device} was to give up ${service}${back}`
  if (kind === 'suspend') return `${device} was to stop ${service} and keep its files${back}`
  return `${device} was to get the component ${component} of ${service} ${version}${back}: ${counted(files, 'file')}, ${bytesText(bytes)}`
}

function addPresence(chain: Chain, facts: Facts, delivery: Delivery, last: number): number {
  const device = facts.devices.get(delivery.device)
  if (delivery.state !== 'pending' || device === undefined || device.reachable) return last
  const at = device.reachableChangedAt === null ? null : new Date(device.reachableChangedAt)
  const text = at === null ? 'has never been connected' : 'is not connected'
  return chain.add(
    'presence',
    at,
    capital(`${deviceText(facts, delivery.device)} ${text}`),
    { device: delivery.device },
    last,
  )
}

function addState(chain: Chain, facts: Facts, order: PastOrder | undefined, delivery: Delivery, last: number): number {
  const refs = { delivery: delivery.id, ...(order === undefined ? {} : { order: order.order.id }) }
  const newer = supersedingOrder(delivery.detail)
  const after = aftermath(order, delivery)
  return chain.add(
    'state',
    delivery.settledAt ?? delivery.updatedAt,
    `So ${stateText(facts, delivery)}${after}`,
    newer === null ? refs : { ...refs, order: newer },
    last,
  )
}

/** What became of a confirmed or failed part of an order that was taken back. */
function aftermath(order: PastOrder | undefined, { purpose, state, item }: Delivery): string {
  if (order === undefined || purpose === 'restore' || order.order.undoing === null) return ''
  const own = order.items.find(({ id }) => id === item)
  if (state === 'confirmed' && (own === undefined || restored(own)))
    return '; the order was taken back as a whole later'
  return state === 'failed' ? '; the order was all or nothing, so it was taken back as a whole' : ''
}

function restored({ phase }: OrderItem): boolean {
  return phase === 'restoring' || phase === 'restored'
}

/** How it stands and why: a clause. */
export function stateText(facts: Facts, delivery: Delivery): string {
  const { kind, service, version, detail, state, purpose } = delivery
  const device = deviceText(facts, delivery.device)
  const again = purpose === 'restore' ? ' again' : ''
  if (state === 'confirmed') {
    if (kind === 'remove') return `${device} no longer has ${service}`
    if (kind === 'suspend') return `${device} has ${service} ${version} stopped`
    return `${device} runs ${service} ${version}${again}`
  }
  const unsaid = 'nothing more is known yet'
  const why = state === 'held' ? holder(detail, unsaid) : clause(detail, unsaid)
  const said = `the delivery is ${state}: ${why}`
  const open = delivery.settledAt === null ? ' yet' : ''
  if (kind === 'remove') return `${device} has not given up ${service}${open}, ${said}`
  if (kind === 'suspend') return `${device} has not stopped ${service}${open}, ${said}`
  return `${device} has not got ${service} ${version}${again}${open}, ${said}`
}
