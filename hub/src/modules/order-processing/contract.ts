import { z } from 'zod'
import { storableText } from '../../platform/storable-text.ts'
import { commercialStates, deliveryKinds, deliveryStates, orderStates } from './domain/states.ts'

/** Requests and answers of order-processing's part of the REST API. */

export const orderRequest = z
  .strictObject({
    household: storableText(64).min(1),
    /** The sponsor's own reference, returned as it came. */
    reference: storableText(200).optional(),
    items: z
      .array(
        z.strictObject({
          action: z.enum(['add', 'modify', 'remove']),
          service: storableText(64).min(1),
          /** Exact version; without it the newest released one. Not for `remove`. */
          version: storableText(64).optional(),
          /** Only these devices of the household, which must all fit; without it every device that fits. */
          devices: z.array(storableText(64)).min(1).max(100).optional(),
        }),
      )
      .min(1)
      .max(20),
  })
  .meta({ id: 'OrderRequest' })
export type OrderRequest = z.infer<typeof orderRequest>

const orderState = z.enum(orderStates).meta({ id: 'OrderState' })
const deliveryState = z.enum(deliveryStates).meta({ id: 'DeliveryState' })
const instant = z.iso.datetime()

export const deliverySchema = z
  .object({
    id: z.string(),
    order: z.string(),
    item: z.string(),
    subscription: z.string(),
    household: z.string(),
    device: z.string(),
    kind: z.enum(deliveryKinds),
    service: z.string(),
    version: z.string(),
    component: z.string(),
    /** SHA-256 of the component's manifest, hexadecimal; null for a removal. */
    manifest: z.string().nullable(),
    files: z.number().int(),
    bytes: z.number().int(),
    state: deliveryState,
    /** Why it is in this state, in words. */
    detail: z.string(),
    progress: z.object({ stage: z.string(), done: z.number().int(), total: z.number().int() }),
    /** What the device proved to have in place; null until it has reported. */
    proof: z
      .object({ holds: z.boolean(), detail: z.string(), files: z.number().int(), wrong: z.array(z.string()) })
      .nullable(),
    createdAt: instant,
    updatedAt: instant,
    settledAt: instant.nullable(),
  })
  .meta({ id: 'Delivery' })

export const orderSchema = z
  .object({
    id: z.string(),
    household: z.string(),
    requestedBy: z.string(),
    reference: z.string().nullable(),
    state: orderState,
    items: z.array(
      z.object({
        id: z.string(),
        action: z.enum(['add', 'modify', 'remove']),
        service: z.string(),
        version: z.string(),
        subscription: z.string(),
        state: orderState,
        /** Devices that were left out and why, or why the item failed. */
        detail: z.string(),
      }),
    ),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'Order' })

export const orderWithDeliveries = orderSchema
  .extend({ deliveries: z.array(deliverySchema) })
  .meta({ id: 'OrderWithDeliveries' })

export const subscriptionSchema = z
  .object({
    id: z.string(),
    household: z.string(),
    service: z.string(),
    version: z.string(),
    /** How it stands technically: docs/guide/lifecycle.md. */
    state: z.string(),
    /** How it stands commercially. */
    commercial: z.enum(commercialStates),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'Subscription' })

export const cancelRequest = z
  .strictObject({ reason: storableText(500).default('cancelled by request') })
  .meta({ id: 'CancelRequest' })
