import { z } from 'zod'
import { pageQuery } from '../../platform/http/page.ts'
import { hasCredentials } from '../../platform/http/url-credentials.ts'
import { storableText } from '../../platform/storable-text.ts'
import { filterMistake } from './domain/event-filter.ts'

const eventType = z
  .string()
  .max(64)
  .regex(/^[a-z][a-z-]*\.([a-zA-Z-]+|\*)$/, 'must be an event type like delivery.confirmed or delivery.*')

export const filter = storableText(4096)
  .superRefine((source, context) => {
    const mistake = filterMistake(source)
    if (mistake !== null) context.addIssue({ code: 'custom', message: mistake })
  })
  .describe(
    'A CEL expression that has to hold, over `event.type`, `event.subject`, `event.household`, `event.at` and `event.data`, for example `event.data.service == "guide"`. One that cannot be answered for an event counts as not holding. Empty = every event.',
  )

export const eventQuery = z.object({
  types: z
    .string()
    .max(1000)
    .optional()
    .describe('Comma-separated event types, `delivery.*` for all of a noun; absent = every type.'),
  household: z.string().max(64).optional(),
  subject: z.string().max(256).optional(),
  filter: filter.optional(),
  since: z.string().max(40).optional().describe('An event id: start after it. `Last-Event-ID` says the same and wins.'),
})

export const eventTypes = z.array(eventType).max(50)

const address = z
  .url({ protocol: /^https?$/ })
  .max(2000)
  .refine((url) => !/[\p{Cc}\p{Cs}]/u.test(url), 'has a control character')
  // It is shown in lists: whom a message is from, the receiver knows by its signature.
  .refine((url) => !hasCredentials(url), 'has a name or a password in it')

const wish = {
  name: storableText(100).optional().describe('For people: what it is for.'),
  types: eventTypes.optional().describe('Empty = every type.'),
  household: storableText(64).min(1).nullable().optional().describe('Only events of this household.'),
  subject: storableText(256)
    .min(1)
    .nullable()
    .optional()
    .describe('Only events about this: an order’s id, a device’s, …'),
  filter: filter.optional(),
}

export const webhookRequest = z.strictObject({ url: address, ...wish }).meta({ id: 'WebhookRequest' })

const webhookState = z.enum(['active', 'disabled'])

export const webhookChange = z
  .strictObject({
    url: address.optional(),
    ...wish,
    state: webhookState.optional(),
    resume: z
      .enum(['where-it-stopped', 'now'])
      .optional()
      .describe(
        'Where a webhook that is switched on goes on: with what it missed (30 days are kept), or with what comes.',
      ),
  })
  .meta({ id: 'WebhookChange' })

export const webhookSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    owner: z.string().describe('The account that it was made for: it hears what this may hear, and no more.'),
    url: z.string(),
    types: z.array(z.string()),
    household: z.string().nullable(),
    subject: z.string().nullable(),
    filter: z.string(),
    /** How messages are written: as CloudEvents, or as notifications of that TM Forum API (docs/guide/tmf.md). */
    format: z.enum(['cloudEvents', 'serviceOrdering', 'serviceInventory', 'serviceCatalogManagement']),
    /** Of a TM Forum listener: which notifications it wants. */
    query: z.string(),
    state: webhookState,
    why: z
      .enum(['asked', 'failing', 'gone', 'account'])
      .nullable()
      .describe(
        'Why it is switched off: somebody did it, it failed for a day, its receiver answered 410, or its account is disabled or gone.',
      ),
    failures: z.number().int().describe('In a row.'),
    retryAt: z.iso.datetime().nullable(),
    lastError: z.string().nullable(),
    lastSuccessAt: z.iso.datetime().nullable(),
    previousUntil: z.iso
      .datetime()
      .nullable()
      .describe('Until then messages carry the signature by the secret before, too.'),
    replay: z
      .object({
        from: z.iso.datetime().nullable(),
        until: z.iso.datetime().nullable(),
        sent: z.number().int(),
      })
      .nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Webhook' })

export const newWebhookSchema = webhookSchema
  .extend({ secret: z.string().describe('Key of the signatures (Standard Webhooks). Shown this once.') })
  .meta({ id: 'NewWebhook' })

export const secretRotation = z
  .strictObject({
    overlapSeconds: z
      .number()
      .int()
      .min(0)
      .max(7 * 86_400)
      .optional()
      .describe('How long messages carry the signature by the secret before, too; a day unless given.'),
  })
  .meta({ id: 'SecretRotation' })

export const rotatedSecret = z
  .object({
    secret: z.string().describe('The new key of the signatures. Shown this once.'),
    previousUntil: z.iso.datetime(),
  })
  .meta({ id: 'RotatedSecret' })

const eventId = z
  .string()
  .max(40)
  .regex(/^(evt_)?\d{1,15}\.\d{1,15}$/, 'must be an event id like evt_12.3')

export const replayRequest = z
  .strictObject({
    from: z
      .union([eventId, z.iso.datetime({ offset: true })])
      .describe('An event id, itself included, or a moment (RFC 3339).'),
    until: z.iso.datetime({ offset: true }).optional().describe('Absent = up to now.'),
  })
  .meta({ id: 'ReplayRequest' })

export const skipRequest = z.strictObject({ event: eventId }).meta({ id: 'SkipRequest' })
export const resendRequest = z.strictObject({ event: eventId }).meta({ id: 'ResendRequest' })

const outcome = z.enum(['delivered', 'failed'])

export const attemptQuery = pageQuery.extend({ outcome: outcome.optional() })

export const attemptSchema = z
  .object({
    id: z.string(),
    kind: z
      .enum(['event', 'replay', 'resend', 'test', 'filter', 'skip'])
      .describe(
        '`event`: in its turn. `filter`: nothing was sent, because the filter could not be answered. `skip`: somebody gave it up.',
      ),
    event: z.string(),
    type: z.string(),
    at: z.iso.datetime(),
    outcome,
    status: z.number().int().nullable().describe('HTTP status of the answer; null: there was none.'),
    durationMilliseconds: z.number().int(),
    detail: z.string().nullable().describe('What went wrong.'),
    answer: z.string().describe('The beginning of the answer.'),
    try: z.number().int().describe('Which of those in a row.'),
    nextTry: z.iso.datetime().nullable(),
  })
  .meta({ id: 'WebhookAttempt' })
