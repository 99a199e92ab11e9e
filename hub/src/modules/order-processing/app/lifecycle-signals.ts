import type { OutsideSignal } from '../../../engine/index.ts'
import type { NewDelivery, OrderItem } from './storage.ts'

/** What an order tells the `service-lifecycle` instances of its subscriptions. */

/** Begins an item, for the first time or again: its deliveries, turn by turn. */
export function lifecycleSignal(tenant: string, item: OrderItem, deliveries: readonly NewDelivery[]): OutsideSignal {
  const id = item.attempts === 1 ? item.id : `${item.id}/${item.attempts}`
  return signalTo(tenant, item, deliveries, { id, type: item.action, version: item.version })
}

/**
 * Puts back what an item has changed; `anew`: its subscription was removed, and another takes its place, which begins as the removed
 * one stood.
 */
export function restoringSignal(
  tenant: string,
  item: OrderItem,
  deliveries: readonly NewDelivery[],
  anew: boolean,
): OutsideSignal {
  const version = item.before?.version ?? ''
  const type = !anew ? 'restore' : item.before?.barred === true ? 'suspend' : 'add'
  return signalTo(tenant, item, deliveries, { id: `${item.id}/restore`, type, version })
}

function signalTo(
  tenant: string,
  item: OrderItem,
  deliveries: readonly NewDelivery[],
  { id, type, version }: { id: string; type: string; version: string },
): OutsideSignal {
  const own = deliveries.filter((delivery) => delivery.item === item.id).toSorted((a, b) => a.turn - b.turn)
  return {
    to: `model:service-lifecycle/${item.subscription}`,
    id,
    type,
    args: {
      order: item.order,
      item: item.id,
      subscription: item.subscription,
      version,
      deliveries: own.map(({ id, device, service, household, turn }) => ({
        id,
        device,
        service,
        household,
        stage: turn,
      })),
    },
    create: { tenant },
  }
}

/** What it is told beside its orders; one that is over takes no notice. */
export function wordTo(subscription: string, word: Pick<OutsideSignal, 'id' | 'type' | 'args'>): OutsideSignal {
  return { ...word, to: `model:service-lifecycle/${subscription}`, missing: 'ignore' }
}
