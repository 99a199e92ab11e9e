import type { z } from 'zod'
import type { Delivery, NewOrder, Order, OrderItem, Subscription } from '../app/storage.ts'
import type { deliverySchema, orderSchema, orderWithDeliveries, subscriptionSchema } from '../contract.ts'

/** Rows as the API shows them. */

export function orderView({
  order,
  items,
}: {
  order: Order
  items: readonly OrderItem[]
}): z.infer<typeof orderSchema> {
  return {
    id: order.id,
    household: order.household,
    requestedBy: order.requestedBy,
    reference: order.reference,
    state: order.state,
    items: items.map(({ id, action, service, version, subscription, state, detail }) => ({
      id,
      action,
      service,
      version,
      subscription,
      state,
      detail,
    })),
    createdAt: order.createdAt.toISOString(),
    updatedAt: order.updatedAt.toISOString(),
  }
}

export function deliveryView(delivery: Delivery): z.infer<typeof deliverySchema> {
  const {
    tenant: _tenant,
    manifestSize: _size,
    epoch: _epoch,
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
    settledAt: settledAt?.toISOString() ?? null,
  }
}

export function subscriptionView(subscription: Subscription): z.infer<typeof subscriptionSchema> {
  const { tenant: _, ...shown } = subscription
  return {
    ...shown,
    createdAt: shown.createdAt.toISOString(),
    updatedAt: shown.updatedAt.toISOString(),
  }
}

/** An order that was made just now: nothing has happened to its deliveries yet. */
export function newOrderView({ order, items, deliveries }: NewOrder): z.infer<typeof orderWithDeliveries> {
  const untouched = { epoch: 0, state: 'planned', detail: '', stage: '', done: 0, total: 0, proof: null } as const
  const times = { createdAt: order.createdAt, updatedAt: order.updatedAt, settledAt: null }
  return {
    ...orderView({ order, items }),
    deliveries: deliveries.map((delivery) => deliveryView({ ...delivery, ...untouched, ...times })),
  }
}
