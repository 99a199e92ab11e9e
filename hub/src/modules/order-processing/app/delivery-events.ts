import type { LifecycleEvent } from '../../../platform/events.ts'
import type { Delivery, Order, OrderItem } from './storage.ts'

/** Lifecycle events of deliveries and orders; the catalogue is docs/reference/events.md. */

export function deliveryEvent(type: string, delivery: Delivery): LifecycleEvent {
  const { id, order, device, service, version, state, detail, stage, done, total } = delivery
  return {
    type,
    subject: id,
    tenant: delivery.tenant,
    household: delivery.household,
    data: {
      order,
      device,
      service,
      version,
      state,
      detail,
      stage,
      done,
      total,
      files: delivery.files,
      bytes: delivery.bytes,
    },
  }
}

export function orderEvent({ order, items }: { order: Order; items: readonly OrderItem[] }): LifecycleEvent {
  return {
    type: `order.${order.state}`,
    subject: order.id,
    tenant: order.tenant,
    household: order.household,
    data: {
      reference: order.reference,
      items: items.map(({ id, action, service, version, state }) => ({ id, action, service, version, state })),
    },
  }
}
