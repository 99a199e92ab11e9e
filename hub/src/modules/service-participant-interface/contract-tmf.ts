import { z } from 'zod'
import { hasCredentials } from '../../platform/http/url-credentials.ts'
import { storableText } from '../../platform/storable-text.ts'

/**
 * TM Forum's resources (TMF641, TMF638, TMF633, all v4) as far as the hub has them. Attributes of theirs that it would have to forget are
 * refused, as everywhere in the hub: nobody is left to believe that they were heeded.
 */

const id = storableText(64).min(1)
const text = storableText(1000)
const instant = z.iso.datetime({ offset: true })
/** Polymorphism (TMF630, 6): taken and not looked at. */
const typed = { '@type': text.optional(), '@baseType': text.optional(), '@schemaLocation': text.optional() }
const referring = { href: text.optional(), name: text.optional(), '@referredType': text.optional(), ...typed }

const party = z.strictObject({ id, role: storableText(64).optional(), ...referring }).meta({ id: 'TmfRelatedParty' })
export type TmfParty = z.infer<typeof party>

const note = z
  .strictObject({
    id: id.optional(),
    author: text.optional(),
    date: instant.optional(),
    text: storableText(4000),
    ...typed,
  })
  .meta({ id: 'TmfNote' })

const externalReference = z
  .strictObject({ id: storableText(200), externalReferenceType: text.optional(), ...referring })
  .meta({ id: 'TmfExternalReference' })

const characteristic = z
  .strictObject({
    id: id.optional(),
    /** `channel`: where the newest version is looked for. `devices`: only these devices of the household. */
    name: z.enum(['channel', 'devices']),
    valueType: text.optional(),
    value: z.union([storableText(64), z.array(id).min(1).max(100)]),
    ...typed,
  })
  .meta({ id: 'TmfOrderedCharacteristic' })

const orderedService = z
  .strictObject({
    /** Of the inventory; absent in what is added. */
    id: id.optional(),
    /** `inactive` suspends, `active` resumes. */
    state: z.enum(['active', 'inactive']).optional(),
    serviceSpecification: z.strictObject({ id, version: storableText(64).optional(), ...referring }).optional(),
    serviceCharacteristic: z.array(characteristic).max(2).optional(),
    /** The household, by the role of that name; another one than before in a `modify` moves the service there. */
    relatedParty: z.array(party).max(10).optional(),
    name: text.optional(),
    description: text.optional(),
    category: text.optional(),
    serviceType: text.optional(),
    href: text.optional(),
    ...typed,
  })
  .meta({ id: 'TmfOrderedService' })

const orderItem = z
  .strictObject({
    /** As the client calls it. */
    id,
    quantity: z.literal(1).optional(),
    action: z.enum(['add', 'modify', 'delete', 'noChange']),
    service: orderedService,
    /** Items that must be completed first. */
    serviceOrderItemRelationship: z
      .array(
        z.strictObject({
          relationshipType: z.enum(['dependency', 'reliesOn']),
          orderItem: z.strictObject({
            itemId: id.optional(),
            id: id.optional(),
            ...typed,
            '@referredType': text.optional(),
          }),
          ...typed,
        }),
      )
      .max(19)
      .optional(),
    ...typed,
  })
  .meta({ id: 'TmfNewServiceOrderItem' })
export type TmfItem = z.infer<typeof orderItem>

export const tmfNewOrder = z
  .strictObject({
    externalId: storableText(200).optional(),
    /** `0` is the highest, `4` the lowest. */
    priority: z.enum(['0', '1', '2', '3', '4']).optional(),
    description: storableText(4000).optional(),
    category: text.optional(),
    notificationContact: text.optional(),
    requestedStartDate: instant.optional(),
    requestedCompletionDate: instant.optional(),
    note: z.array(note).max(20).optional(),
    externalReference: z.array(externalReference).max(20).optional(),
    relatedParty: z.array(party).max(20).optional(),
    serviceOrderItem: z.array(orderItem).min(1).max(20),
    ...typed,
  })
  .meta({ id: 'TmfNewServiceOrder' })
export type TmfNewOrder = z.infer<typeof tmfNewOrder>

export const tmfNewCancellation = z
  .strictObject({
    serviceOrder: z.strictObject({ id, ...referring }),
    cancellationReason: storableText(500).optional(),
    ...typed,
  })
  .meta({ id: 'TmfNewCancelServiceOrder' })

export const tmfNewListener = z
  .strictObject({
    callback: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .refine((url) => !/[\p{Cc}\p{Cs}]/u.test(url), 'has a control character')
      .refine((url) => !hasCredentials(url), 'has a name or a password in it'),
    /** Which notifications, by `eventType` and attributes of the resource, and what of them, by `fields`; empty = all, whole. */
    query: storableText(1000).optional(),
  })
  .meta({ id: 'TmfEventSubscriptionInput' })

export const tmfListener = z
  .object({
    id: z.string(),
    callback: z.string(),
    query: z.string(),
    secret: z
      .string()
      .describe('Key of the signatures (Standard Webhooks). Shown this once; an addition to TM Forum’s resource.'),
  })
  .meta({ id: 'TmfEventSubscription' })

/** What every resource has; `fields` may leave all the rest out. */
const resource = { id: z.string(), href: z.string(), '@type': z.string() }
const list = (schema: z.ZodType) => z.array(schema).optional()
const ref = z
  .object({
    id: z.string(),
    href: z.string().optional(),
    name: z.string().optional(),
    version: z.string().optional(),
    '@referredType': z.string().optional(),
    role: z.string().optional(),
  })
  .meta({ id: 'TmfRef' })
const itemRef = z
  .object({
    itemId: z.string(),
    serviceOrderId: z.string().optional(),
    serviceOrderHref: z.string().optional(),
    '@type': z.string().optional(),
    role: z.string().optional(),
    itemAction: z.string().optional(),
  })
  .meta({ id: 'TmfItemRef' })
const named = z
  .object({ id: z.string().optional(), name: z.string(), value: z.unknown(), valueType: z.string().optional() })
  .meta({ id: 'TmfCharacteristic' })
const orderError = z
  .object({
    code: z.string(),
    reason: z.string(),
    message: z.string().optional(),
    timestamp: z.string().optional(),
    serviceOrderItem: list(itemRef),
  })
  .meta({ id: 'TmfOrderErrorMessage' })
const shownService = z
  .looseObject({
    id: z.string().optional(),
    href: z.string().optional(),
    '@type': z.string().optional(),
    state: z.string().optional(),
    serviceSpecification: ref.optional(),
    serviceCharacteristic: list(named),
    relatedParty: list(ref),
  })
  .meta({ id: 'TmfServiceOfOrder' })

export const tmfOrder = z
  .looseObject({
    ...resource,
    externalId: z.string().optional(),
    priority: z.string().optional(),
    state: z.string().optional(),
    orderDate: z.iso.datetime().optional(),
    requestedStartDate: z.iso.datetime().optional(),
    requestedCompletionDate: z.iso.datetime().optional(),
    expectedCompletionDate: z.iso.datetime().optional(),
    startDate: z.iso.datetime().optional(),
    completionDate: z.iso.datetime().optional(),
    cancellationDate: z.iso.datetime().optional(),
    cancellationReason: z.string().optional(),
    relatedParty: list(ref),
    milestone: list(z.object({ id: z.string(), name: z.string(), milestoneDate: z.string(), status: z.string() })),
    jeopardyAlert: list(
      z.object({
        id: z.string(),
        name: z.string(),
        alertDate: z.string(),
        jeopardyType: z.string(),
        message: z.string(),
        exception: z.string(),
      }),
    ),
    errorMessage: list(orderError),
    serviceOrderItem: list(
      z.looseObject({
        id: z.string(),
        action: z.string().optional(),
        state: z.string().optional(),
        service: shownService.optional(),
        errorMessage: list(orderError),
      }),
    ),
  })
  .meta({ id: 'TmfServiceOrder' })

export const tmfCancellation = z
  .looseObject({
    ...resource,
    state: z.enum(['accepted', 'terminatedWithError', 'inProgress', 'done']).optional(),
    cancellationReason: z.string().optional(),
    effectiveCancellationDate: z.iso.datetime().optional(),
    serviceOrder: ref.optional(),
  })
  .meta({ id: 'TmfCancelServiceOrder' })

export const tmfService = z
  .looseObject({
    ...resource,
    state: z.enum(['feasibilityChecked', 'designed', 'reserved', 'inactive', 'active', 'terminated']).optional(),
    serviceSpecification: ref.optional(),
    relatedParty: list(ref),
    supportingResource: list(ref),
    serviceOrderItem: list(itemRef),
    serviceCharacteristic: list(named),
    serviceDate: z.iso.datetime().optional(),
    endDate: z.iso.datetime().optional(),
  })
  .meta({ id: 'TmfService' })

export const tmfSpecification = z
  .looseObject({
    ...resource,
    name: z.string().optional(),
    version: z.string().optional(),
    lifecycleStatus: z.string().optional(),
    serviceSpecRelationship: list(ref.extend({ relationshipType: z.string() })),
  })
  .meta({ id: 'TmfServiceSpecification' })

export const tmfCategory = z
  .looseObject({ ...resource, name: z.string().optional(), serviceCandidate: list(ref) })
  .meta({ id: 'TmfServiceCategory' })
export const tmfCandidate = z
  .looseObject({ ...resource, name: z.string().optional(), serviceSpecification: ref.optional() })
  .meta({ id: 'TmfServiceCandidate' })
export const tmfCatalog = z
  .looseObject({ ...resource, name: z.string().optional(), category: list(ref) })
  .meta({ id: 'TmfServiceCatalog' })

/** TMF630, 4.2. */
export const fieldsQuery = z.object({
  fields: storableText(1000)
    .optional()
    .describe('Comma-separated attributes to show, `a` or `a.b`; `none` for the id alone.'),
})

/** TMF630, 4.3 and 4.4. */
export const sliceQuery = fieldsQuery.extend({
  offset: z.coerce.number().int().min(0).max(100_000).default(0).describe('How many matches are passed over.'),
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('How many are shown at most.'),
})

/** `<attribute>`, and `<attribute>.gt`, `.gte`, `.lt`, `.lte` of a date. */
export function dateQueries<Name extends string>(name: Name) {
  const at = instant.optional()
  return { [`${name}.gt`]: at, [`${name}.gte`]: at, [`${name}.lt`]: at, [`${name}.lte`]: at } as Record<
    `${Name}.${'gt' | 'gte' | 'lt' | 'lte'}`,
    typeof at
  >
}
