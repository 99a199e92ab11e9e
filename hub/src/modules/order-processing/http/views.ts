import type { z } from 'zod'
import type { Delivery, NewOrder, OrderItem, OrderWithItems, Subscription } from '../app/storage.ts'
import type { deliverySchema, orderSchema, orderWithDeliveries, subscriptionSchema } from '../contract.ts'

/** Rows as the API shows them. */

export function orderView({ order, items }: OrderWithItems): z.infer<typeof orderSchema> {
  const { tenant: _tenant, conducted: _conducted, ...shown } = order
  return {
    ...shown,
    requestedStart: timeOf(order.requestedStart),
    requestedCompletion: timeOf(order.requestedCompletion),
    expectedCompletion: timeOf(order.expectedCompletion),
    milestones: order.milestones.map((milestone) => ({ ...milestone })),
    items: items.map(itemView),
    createdAt: order.createdAt.toISOString(),
    updatedAt: order.updatedAt.toISOString(),
    settledAt: timeOf(order.settledAt),
  }
}

function itemView(item: OrderItem): z.infer<typeof orderSchema>['items'][number] {
  const { order: _order, position: _position, phase: _phase, before: _before, ...shown } = item
  return { ...shown, after: [...item.after], reasons: [...item.reasons] }
}

function timeOf(date: Date | null): string | null {
  return date?.toISOString() ?? null
}

export function deliveryView(delivery: Delivery): z.infer<typeof deliverySchema> {
  const {
    tenant: _tenant,
    manifestSize: _size,
    epoch: _epoch,
    unreached: _unreached,
    silent: _silent,
    requestedBy: _requestedBy,
    stage,
    done,
    total,
    proof,
    createdAt,
    updatedAt,
    settledAt,
    ...shown
  } = delivery
  return {
    ...shown,
    progress: { stage, done, total },
    proof: proof === null ? null : { ...proof, wrong: [...proof.wrong] },
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    settledAt: timeOf(settledAt),
  }
}

export function subscriptionView(subscription: Subscription): z.infer<typeof subscriptionSchema> {
  const { tenant: _tenant, wishedBy: _wishedBy, ...shown } = subscription
  return {
    ...shown,
    createdAt: shown.createdAt.toISOString(),
    updatedAt: shown.updatedAt.toISOString(),
  }
}

/** An order that was made just now: nothing has happened to its deliveries yet. */
export function newOrderView({ order, items, deliveries }: NewOrder): z.infer<typeof orderWithDeliveries> {
  const progress = { stage: '', done: 0, total: 0, proof: null, unreached: false, silent: false } as const
  const untouched = { ...progress, epoch: 0, state: 'planned', detail: '' } as const
  const times = { createdAt: order.createdAt, updatedAt: order.updatedAt, settledAt: null }
  return {
    ...orderView({ order, items }),
    deliveries: deliveries.map((delivery) => deliveryView({ ...delivery, ...untouched, ...times, requestedBy: null })),
  }
}
