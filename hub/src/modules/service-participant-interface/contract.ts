import { z } from 'zod'
import { hasCredentials } from '../../platform/http/url-credentials.ts'

const eventType = z
  .string()
  .max(64)
  .regex(/^[a-z]+\.([a-zA-Z-]+|\*)$/, 'must be an event type like delivery.confirmed or delivery.*')

export const eventQuery = z.object({
  types: z
    .string()
    .max(1000)
    .optional()
    .describe('Comma-separated event types, `delivery.*` for all of a noun; absent = every type.'),
  household: z.string().max(64).optional(),
  subject: z.string().max(64).optional(),
  since: z.string().max(40).optional().describe('An event id: start after it. `Last-Event-ID` says the same and wins.'),
})

export const eventTypes = z.array(eventType).max(50)

export const webhookRequest = z
  .strictObject({
    url: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .refine((url) => !/[\p{Cc}\p{Cs}]/u.test(url), 'has a control character')
      // It is shown in lists: whom a message is from, the receiver knows by its signature.
      .refine((url) => !hasCredentials(url), 'has a name or a password in it'),
    /** Empty = every type. */
    types: eventTypes.default([]),
  })
  .meta({ id: 'WebhookRequest' })

export const webhookSchema = z
  .object({
    id: z.string(),
    url: z.string(),
    types: z.array(z.string()),
    /** How messages are written: as CloudEvents, or as notifications of that TM Forum API (docs/guide/tmf.md). */
    format: z.enum(['cloudEvents', 'serviceOrdering', 'serviceInventory', 'serviceCatalogManagement']),
    /** Of a TM Forum listener: which notifications it wants. */
    query: z.string(),
    state: z.enum(['active', 'disabled']),
    failures: z.number().int(),
    retryAt: z.iso.datetime().nullable(),
    lastError: z.string().nullable(),
    lastSuccessAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Webhook' })

export const newWebhookSchema = webhookSchema
  .extend({ secret: z.string().describe('Key of the signatures (Standard Webhooks). Shown this once.') })
  .meta({ id: 'NewWebhook' })
