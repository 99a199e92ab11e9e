import { z } from 'zod'
import { storableText } from '../../platform/storable-text.ts'
import { orderActions, originKinds } from './domain/order.ts'
import { orderStates } from './domain/order-states.ts'
import { commercialStates, deliveryKinds, deliveryStates } from './domain/states.ts'

/** Requests and answers of order-processing's part of the REST API. */

const instantOfRequest = z.iso.datetime({ offset: true })

const orderItemRequest = z.strictObject({
  action: z.enum(orderActions),
  service: storableText(64).min(1),
  /**
   * Exact version, which the household then keeps to: it is pinned until a later order of this service names another version, or
   * none. Without it the newest that the channel has. For `add` and `modify`.
   */
  version: storableText(64).optional(),
  /**
   * Where the newest is looked for, now and by later orders of this service. For `add` and `modify`; without it the channel that an
   * earlier order named; null: the household's own choice again, or `stable`.
   */
  channel: z.enum(['stable', 'beta', 'alpha']).nullable().optional(),
  /** Only these devices of the household, which must all fit; without it every device that fits. For `add` and `modify`. */
  devices: z.array(storableText(64)).min(1).max(100).optional(),
  /** The household that a `move` goes to. */
  to: storableText(64).min(1).optional(),
  /** Positions, from 0, of items of this order that must be completed before this one begins. */
  after: z.array(z.int().min(0).max(19)).max(19).optional(),
})

export const orderRequest = z
  .strictObject({
    household: storableText(64).min(1),
    /** The sponsor's own reference, returned as it came. */
    reference: storableText(200).optional(),
    items: z.array(orderItemRequest).min(1).max(20),
    /** 0 is the highest, 4 the lowest (TMF641); without it 4. */
    priority: z.int().min(0).max(4).optional(),
    /** Nothing is begun before. */
    requestedStart: instantOfRequest.optional(),
    /** An order that may not keep this is in jeopardy. */
    requestedCompletion: instantOfRequest.optional(),
    /** Unless false: when a device fails, everything that the order changed goes back to what was before. */
    allOrNothing: z.boolean().optional(),
    /** Services that ordered ones recommend are added where they go together with the rest. */
    withRecommended: z.boolean().optional(),
  })
  .superRefine((request, check) => {
    for (const [index, item] of request.items.entries())
      for (const [key, actions] of Object.entries(onlyFor))
        if (item[key as keyof typeof onlyFor] !== undefined && !actions.includes(item.action))
          check.addIssue({
            code: 'custom',
            path: ['items', index, key],
            message: `This is for ${actions.join(' and ')} only, not for ${item.action}.`,
          })
    const { requestedStart: start, requestedCompletion: completion } = request
    if (start !== undefined && completion !== undefined && Date.parse(completion) <= Date.parse(start))
      check.addIssue({ code: 'custom', path: ['requestedCompletion'], message: 'This is not after requestedStart.' })
    for (const [index, item] of request.items.entries())
      if (item.action === 'move' && item.to === undefined)
        check.addIssue({
          code: 'custom',
          path: ['items', index, 'to'],
          message: 'A move names the household that it goes to.',
        })
  })
  .meta({ id: 'OrderRequest' })
export type OrderRequest = z.infer<typeof orderRequest>

const onlyFor = { version: ['add', 'modify'], channel: ['add', 'modify'], devices: ['add', 'modify'], to: ['move'] }

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
    /** `suspend`: the service stops on the device, which keeps its files. */
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
      .object({
        holds: z.boolean(),
        detail: z.string(),
        files: z.number().int(),
        wrong: z.array(z.string()),
        by: z
          .string()
          .optional()
          .describe('Where a device without our agent says what it runs; absent: digests prove it.'),
      })
      .nullable(),
    /** `restore`: it takes back what its order changed. */
    purpose: z.enum(['carry-out', 'restore']),
    /** Those of a turn start when all of the turn before are confirmed; from 0. */
    turn: z.number().int(),
    createdAt: instant,
    updatedAt: instant,
    settledAt: instant.nullable(),
  })
  .meta({ id: 'Delivery' })

const originSchema = z
  .object({
    kind: z.enum(originKinds),
    id: z.string(),
    name: z.string().nullable(),
    /** Id of what made it ask: a firing of a policy, a target of a campaign. */
    cause: z.string().nullable(),
  })
  .meta({ id: 'OrderOrigin' })

const orderItemSchema = z
  .object({
    id: z.string(),
    action: z.enum(orderActions),
    service: z.string(),
    version: z.string(),
    /** Null where a rejected order names a service that the household does not have. */
    subscription: z.string().nullable(),
    state: orderState,
    /** Devices that were left out and why, or why the item failed. */
    detail: z.string(),
    /** `wished`: the order asked for it; otherwise what it asked for brought it along. */
    origin: z.enum(['wished', 'required', 'recommended', 'replaced', 'unneeded']),
    /** Why it is there, in a sentence; empty when it was asked for. */
    because: z.string(),
    channel: z.string().nullable(),
    /** The household that a move goes to. */
    to: z.string().nullable(),
    /** Positions of the items that must be completed first. */
    after: z.array(z.number().int()),
    /** Why this version and these devices. */
    reasons: z.array(z.string()),
    /** How often it was tried. */
    attempts: z.number().int(),
  })
  .meta({ id: 'OrderItem' })

export const orderSchema = z
  .object({
    id: z.string(),
    household: z.string(),
    requestedBy: z.string(),
    /** Who or what asked for it. */
    origin: originSchema,
    /** Id of the decision that allowed it: it is in the audit. */
    decision: z.string(),
    reference: z.string().nullable(),
    priority: z.number().int(),
    requestedStart: instant.nullable(),
    requestedCompletion: instant.nullable(),
    /** By what such orders took before, unless a completion was requested. */
    expectedCompletion: instant.nullable(),
    allOrNothing: z.boolean(),
    state: orderState,
    /** Why it was rejected, failed or cancelled; empty otherwise. */
    detail: z.string(),
    items: z.array(orderItemSchema),
    milestones: z.array(z.object({ name: z.string(), at: instant })),
    /** Why it may not be, or is not, carried out in time; null while it is. */
    jeopardy: z
      .object({ level: z.enum(['amber', 'red']), message: z.string(), cause: z.string(), at: instant })
      .nullable(),
    createdAt: instant,
    updatedAt: instant,
    settledAt: instant.nullable(),
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
    /** The version that it is pinned to: no order of another service changes it. Null: it may change with what it goes together with. */
    pinned: z.string().nullable(),
    /** Where orders without a channel of their own look for its newest version; null: where the household prefers. */
    channel: z.enum(['stable', 'beta', 'alpha']).nullable(),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'Subscription' })

export const cancelRequest = z
  .strictObject({ reason: storableText(500).default('cancelled by request') })
  .meta({ id: 'CancelRequest' })

/** For lists of what comes about in the course of time. */
export const historyFilter = {
  sort: z.enum(['oldest', 'newest']).default('oldest').describe('Which come first.'),
  since: instantOfRequest
    .transform((text) => new Date(text))
    .optional()
    .describe('Only what was made then or later.'),
  open: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional()
    .describe('Only what is not over yet, or is.'),
}

export const deliveryFilter = {
  ...historyFilter,
  order: storableText(64).optional(),
  device: storableText(64).optional(),
  household: storableText(64).optional(),
  subscription: storableText(64).optional(),
  service: storableText(64).optional(),
  state: z.enum(deliveryStates).optional(),
}

export const orderFilter = {
  ...historyFilter,
  household: storableText(64).optional(),
  state: z.enum(orderStates).optional(),
  /** What kind of thing asked: `policy`, `campaign`, … */
  originKind: z.enum(originKinds).optional(),
  /** Id of who or what asked. */
  originId: storableText(64).optional(),
  service: storableText(64).optional(),
  device: storableText(64).optional().describe('Something of it went, or goes, to this device.'),
  jeopardy: z.enum(['amber', 'red']).optional(),
}
