import type { Delivery, OrderItem } from '../../../order-processing/index.ts'
import { Chain, ended, type Explanation } from './chain.ts'
import { whyTakenBack, stateText } from './explain-delivery.ts'
import type { Facts, PastOrder } from './facts.ts'
import { standingOf } from './standing.ts'
import { addChoice, addWish } from './wish.ts'
import { capital, clause, counted, supersedingOrder, timeText, wishText } from './wording.ts'

/** Devices of one order that are told one by one; of more, the rest is counted. */
const told = 100

/** Why an order is where it is: who asked, what came along, what became of every device, and how it ended. */
export function explainOrder(facts: Facts, found: PastOrder): Explanation {
  const chain = new Chain()
  const placed = addWish(chain, facts, found)
  let left = told
  const ends: number[] = []
  for (const item of found.items) {
    const own = found.deliveries.filter((delivery) => delivery.item === item.id)
    ends.push(addItem(chain, facts, found, item, own.slice(0, left), placed))
    if (own.length > left)
      chain.add(
        'plan',
        null,
        `${counted(own.length - left, 'more device')} of this order are not shown here`,
        {},
        placed,
      )
    left = Math.max(0, left - own.length)
  }
  addEnd(chain, facts, found, decisive(found, ends) ?? placed)
  return { answer: ended(capital(orderStateText(found))), chain: chain.links, ...orderStanding(facts, found) }
}

function addItem(
  chain: Chain,
  facts: Facts,
  found: PastOrder,
  item: OrderItem,
  deliveries: readonly Delivery[],
  placed: number,
): number {
  const chosen = addChoice(chain, found, item, placed)
  const refs = { order: item.order, service: item.service, version: item.version }
  for (const reason of item.reasons.filter((text) => !text.startsWith('not ') && item.state !== 'rejected'))
    chain.add('fit', null, `Left out: ${clause(reason)}`, refs, chosen)
  const failed: number[] = []
  let last = chosen
  for (const delivery of deliveries) {
    last = chain.add(
      delivery.purpose === 'restore' ? 'restoring' : 'device',
      delivery.settledAt ?? delivery.updatedAt,
      capital(stateText(facts, delivery)),
      { delivery: delivery.id, device: delivery.device },
      chosen,
    )
    if (delivery.state === 'failed' && delivery.purpose === 'carry-out') failed.push(last)
  }
  const said = item.state === 'completed' ? '' : clause(item.detail, '')
  const detail = said === '' ? '' : `: ${said}`
  const newer = supersedingOrder(item.detail)
  return chain.add(
    'plan',
    null,
    `"${wishText(facts, item)}" is ${item.state}${detail}`,
    newer === null ? refs : { ...refs, order: newer },
    failed[0] ?? last,
  )
}

/** The item that the order's state follows from: the first that is in it, or undid it. */
function decisive({ order, items }: PastOrder, ends: readonly number[]): number | null {
  const place = items.findIndex(({ undoes }) => undoes)
  const same = items.findIndex(({ state }) => state === order.state)
  return ends[place >= 0 ? place : same >= 0 ? same : 0] ?? null
}

function addEnd(chain: Chain, facts: Facts, found: PastOrder, cause: number): void {
  const { order } = found
  const refs = { order: order.id }
  let last = cause
  if (order.undoing !== null) last = chain.add('restoring', null, whyTakenBack(found), refs, last)
  if (order.jeopardy !== null)
    last = chain.add(
      'state',
      new Date(order.jeopardy.at),
      `It is in danger of being late: ${clause(order.jeopardy.message)}; ${clause(order.jeopardy.cause)}`,
      refs,
      last,
    )
  if (order.expectedCompletion !== null && order.settledAt === null)
    last = chain.add(
      'plan',
      null,
      `It is expected to be done by ${timeText(facts, order.expectedCompletion)}`,
      refs,
      last,
    )
  chain.add('state', order.settledAt ?? order.updatedAt, `So ${orderStateText(found)}`, refs, last)
}

const meaning: Readonly<Record<string, string>> = {
  acknowledged: 'nothing of it has begun',
  pending: 'what is open waits for a device to take it',
  held: 'all that is open is held back',
  inProgress: 'it is being carried out',
  assessingCancellation: 'it is looked at whether it can still be cancelled',
  pendingCancellation: 'it is being cancelled',
  completed: 'every device has proved what it has',
}

export function orderStateText({ order, items }: PastOrder): string {
  const said = [order.detail, ...items.map((item) => item.detail)].find((text) => clause(text, '') !== '')
  return `order ${order.id} is ${order.state}: ${clause(meaning[order.state] ?? said ?? '')}`
}

/** Of its first delivery that waits for something. */
function orderStanding(facts: Facts, found: PastOrder): Pick<Explanation, 'now' | 'next'> {
  if (found.order.phase === 'scheduled')
    return {
      now: { waitsFor: 'the time at which it is to begin', until: found.order.requestedStart },
      next: 'it is looked at again what is to be done, and begun',
    }
  if (found.order.settledAt !== null) return { now: null, next: null }
  const open = found.deliveries.filter(({ settledAt }) => settledAt === null)
  const first = open.find(({ state }) => state !== 'planned') ?? open[0]
  return first === undefined
    ? { now: { waitsFor: 'its parts to be answered for', until: null }, next: 'it is settled' }
    : standingOf(facts, found, first)
}
