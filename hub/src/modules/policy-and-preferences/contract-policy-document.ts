import { z } from 'zod'
import { storableText } from '../../platform/storable-text.ts'

/** Policies as people write them. */

const expression = storableText(4096).min(1).describe('A CEL expression.')
const template = storableText(1024).min(1).describe('Text in which `{…}` holds a CEL expression.')
const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day like 22:30')
  .describe('Local time of the device, 24 hours, HH:MM.')
const eventType = storableText(64).min(1).describe('As in docs/reference/events.md, for example `device.enrolled`.')
const period = storableText(32).min(1).describe('An ISO 8601 duration such as `PT2H` or `P1D`.')

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/** Which devices, households or subscriptions a policy is judged for, one after the other. */
const each = z
  .strictObject({
    of: z.enum(['household', 'device', 'subscription']),
    /** Only subscriptions of this service. */
    service: template.optional(),
    /** Only devices that this holds for: CEL over `device`, `report`, `household`. */
    filter: expression.optional(),
  })
  .meta({ id: 'PolicyFanOut' })

const exactlyOne = (names: readonly string[]) => (value: object, context: z.RefinementCtx) => {
  const given = names.filter((name) => (value as Record<string, unknown>)[name] !== undefined)
  if (given.length !== 1)
    context.addIssue({
      code: 'custom',
      message: `needs exactly one of ${names.join(', ')}; it has ${given.join(' and ') || 'none'}`,
    })
}

const when = z
  .strictObject({
    event: z.union([eventType, z.array(eventType).min(1).max(10)]).optional(),
    /** Five fields: minute, hour, day of the month, month, day of the week. */
    schedule: storableText(100).min(1).optional(),
    /** Or an iCalendar rule (RFC 5545): the local time of the first, as in `2026-06-01T03:00`. */
    dtstart: storableText(40).min(1).optional(),
    /** How it repeats, for example `FREQ=MONTHLY;BYDAY=-1SU`; absent: once. For `dtstart`. */
    rrule: storableText(500).min(1).optional(),
    /** Local times that are left out. For `dtstart`. */
    exdate: z.array(storableText(40)).max(100).optional(),
    /** IANA name of the zone that the schedule, or the rule, is in. */
    timeZone: storableText(64).min(1).optional(),
    /** On each device when its clock shows this. */
    localTime: timeOfDay.optional(),
    /** Only on these days, for `localTime`. */
    days: z.array(z.enum(weekdays)).min(1).max(7).optional(),
    /** Each time that a delivery is about to be offered. */
    before: z.literal('delivery').optional(),
    each: each.optional(),
  })
  .superRefine(exactlyOne(['event', 'schedule', 'dtstart', 'localTime', 'before']))
  .meta({ id: 'PolicyTrigger' })

const orderTemplate = z
  .strictObject({
    household: template.default('{household.id}'),
    reference: template.optional(),
    items: z
      .array(
        z.strictObject({
          action: z.enum(['add', 'modify', 'suspend', 'resume', 'move', 'remove']),
          service: template,
          version: template.optional(),
          channel: template.optional(),
          devices: z.array(template).min(1).max(100).optional(),
          to: template.optional(),
          after: z.array(z.number().int().min(0).max(19)).max(20).optional(),
        }),
      )
      .min(1)
      .max(20),
    priority: z.number().int().min(0).max(4).optional(),
    requestedStart: template.optional(),
    requestedCompletion: template.optional(),
    allOrNothing: z.boolean().optional(),
    withRecommended: z.boolean().optional(),
  })
  .meta({ id: 'PolicyOrder' })

const hold = z
  .strictObject({
    for: period.optional(),
    /** When it ends: an expression that gives a timestamp. */
    until: expression.optional(),
    /** Which deliveries: CEL over `delivery`, `device`, `household`; all unless given. */
    deliveries: expression.optional(),
    /** Those of the household that the policy fired for, or of all. */
    of: z.enum(['household', 'everyone']).default('household'),
    why: template.optional(),
  })
  .superRefine(exactlyOne(['for', 'until']))
  .meta({ id: 'PolicyHold' })

const approve = z
  .strictObject({
    /** Who may agree: operators, or people of the household as well. */
    by: z.enum(['operator', 'household']).default('operator'),
    /** How long it is waited for. */
    within: period.default('P1D'),
    /** What happens when nobody has answered by then. */
    else: z.enum(['deny', 'approve']).default('deny'),
    question: template.optional(),
  })
  .meta({ id: 'PolicyApproval' })

const action = z
  .strictObject({
    order: orderTemplate.optional(),
    hold: hold.optional(),
    approve: approve.optional(),
    notify: z.strictObject({ message: template }).optional(),
  })
  .superRefine(exactlyOne(['order', 'hold', 'approve', 'notify']))
  .meta({ id: 'PolicyAction' })

export const policyDocument = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z][a-z0-9-]{2,63}$/, 'must be 3 to 64 of a–z, 0–9 and -, beginning with a letter')
      .describe('Unique in the tenant.'),
    description: storableText(500).default(''),
    when,
    if: expression.default('true'),
    then: z.array(action).min(1).max(10),
    /** More than this does not happen; what would have is recorded as `limited`. */
    limits: z
      .strictObject({
        perHouseholdPerDay: z.number().int().min(1).max(1000).optional(),
        perHour: z.number().int().min(1).max(1_000_000).optional(),
        /** Firings after which the policy is switched off. */
        total: z.number().int().min(1).max(100_000_000).optional(),
      })
      .default({}),
  })
  .meta({ id: 'PolicyDocument' })
export type PolicyDocument = z.infer<typeof policyDocument>
export type PolicyAction = PolicyDocument['then'][number]
export type OrderTemplate = NonNullable<PolicyAction['order']>
