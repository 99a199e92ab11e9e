import type { LifecycleEvent } from '../../../platform/events.ts'
import type { FollowedOrder, Jeopardy, Order, OrderWithItems } from '../domain/order.ts'
import type { Delivery } from './storage.ts'

/** Lifecycle events of deliveries and orders; the catalogue is docs/reference/events.md. */

export function deliveryEvent(type: string, delivery: Delivery): LifecycleEvent {
  const { id, order, device, service, version, state, detail, stage, done, total } = delivery
  return {
    type,
    subject: id,
    tenant: delivery.tenant,
    household: delivery.household,
    owners: delivery.requestedBy === null ? [] : [delivery.requestedBy],
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

export function orderEvent({ order, items }: OrderWithItems): LifecycleEvent {
  const { detail } = order
  return about(order, `order.${order.state}`, {
    reference: order.reference,
    origin: order.origin,
    ...(detail === '' ? {} : { detail }),
    items: items.map(({ id, action, service, version, state }) => ({ id, action, service, version, state })),
  })
}

/** What an order that has come further is told by. */
export function orderEvents(followed: FollowedOrder): LifecycleEvent[] {
  const { order, moved, reached } = followed
  const milestones = reached.map(({ name, at }) =>
    about(order, 'order.milestone', { reference: order.reference, origin: order.origin, name, at }),
  )
  return moved ? [...milestones, orderEvent(followed)] : milestones
}

/** @param jeopardy null: it is in none any more */
export function jeopardyEvent(order: Order, jeopardy: Jeopardy | null): LifecycleEvent {
  const { level, message, cause } = jeopardy ?? { level: 'none', message: 'it is in time again', cause: '' }
  return about(order, 'order.jeopardy', { reference: order.reference, origin: order.origin, level, message, cause })
}

function about(order: Order, type: string, data: LifecycleEvent['data']): LifecycleEvent {
  const { id: subject, tenant, household, requestedBy } = order
  return { type, subject, tenant, household, owners: [requestedBy], data }
}
