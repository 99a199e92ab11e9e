import { answer } from '@sutler/client'
import type { ComposedHub } from '../support/composed-hub.ts'
import type { WireDevice } from '../support/wire-device.ts'
import { readOrder, until, type Order } from './household.ts'

/** Orders of several items, devices that carry them out, and what a household then has. */

/** @returns the order as it was answered */
export async function order(
  hub: ComposedHub,
  household: string,
  items: readonly object[],
  more: object = {},
): Promise<Order> {
  return answer(await hub.api.POST('/api/v1/orders', { body: { household, items, ...more } as never }))
}

export async function cancel(hub: ComposedHub, id: string, reason = 'not wanted'): Promise<Order> {
  return answer(await hub.api.POST('/api/v1/orders/{id}/cancel', { params: { path: { id } }, body: { reason } }))
}

/** Answers what the hub sends, as a device would, until the order is settled; services in `failing` fail their health check. */
export async function obey(
  hub: ComposedHub,
  phones: readonly WireDevice[],
  order: string,
  failing: readonly string[] = [],
): Promise<Order> {
  const done = new Set<string>()
  return until(
    async () => {
      for (const phone of phones)
        for (const message of phone.received) {
          if ((message.t !== 'offer' && message.t !== 'remove') || done.has(message.delivery)) continue
          done.add(message.delivery)
          if (message.t === 'remove') await phone.remove(message.delivery)
          else if (failing.includes(message.service)) await phone.fail(message.delivery)
          else await phone.prove(message)
        }
      const now = await readOrder(hub, order)
      return ['completed', 'failed', 'partial', 'cancelled', 'rejected'].includes(now.state) ? now : null
    },
    { what: `order ${order} is settled` },
  )
}

/** The subscriptions of a household that have not ended. */
async function subscriptionsOf(hub: ComposedHub, household: string) {
  const { items } = answer(await hub.api.GET('/api/v1/subscriptions', { params: { query: { household } } }))
  return items.filter(({ state }) => state !== 'ended')
}

/** What a household keeps to, by service. */
export async function pinsOf(hub: ComposedHub, household: string): Promise<Record<string, string | null>> {
  const living = await subscriptionsOf(hub, household)
  return Object.fromEntries(living.map(({ service, pinned, channel }) => [service, pinned ?? channel]))
}

export async function servicesOf(hub: ComposedHub, household: string): Promise<string[]> {
  const living = await subscriptionsOf(hub, household)
  return living.map(({ service, version, state }) => `${service} ${version} ${state}`)
}

/** States of an order as they were told, in their order. */
export async function told(hub: ComposedHub, id: string): Promise<string[]> {
  const rows = await hub.database.sql<{ type: string }[]>`
    select type from platform_event where subject = ${id} order by id`
  return rows.map(({ type }) => type).filter((type) => type.startsWith('order.') && type !== 'order.milestone')
}
