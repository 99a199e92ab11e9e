import { z } from 'zod'
import { storableText } from '../../platform/storable-text.ts'
import { eventTypes, filter } from './contract.ts'
import { kinds } from './domain/notifications/kinds.ts'

const kind = z.enum(Object.keys(kinds) as [string, ...string[]])

const wish = {
  kinds: z
    .array(kind)
    .max(20)
    .optional()
    .describe(
      `What to be told of: ${Object.entries(kinds)
        .map(([name, { title }]) => `\`${name}\` (${title})`)
        .join(', ')}.`,
    ),
  types: eventTypes.optional().describe('Types of events beside those of the kinds.'),
  household: storableText(64).min(1).nullable().optional().describe('Only events of this household.'),
  subject: storableText(256).min(1).nullable().optional().describe('Only events about this.'),
  filter: filter.optional(),
}

export const notificationRequest = z
  .strictObject({ email: z.email().max(254), ...wish })
  .refine(({ kinds: wanted = [], types = [] }) => wanted.length + types.length > 0, {
    path: ['kinds'],
    message: 'name a kind, or types of events',
  })
  .meta({ id: 'NotificationRequest' })

export const notificationChange = z
  .strictObject({ ...wish, state: z.enum(['active', 'disabled']).optional() })
  .meta({ id: 'NotificationChange' })

export const notificationSchema = z
  .object({
    id: z.string(),
    owner: z.string().describe('The account that it was made for: it hears what this may hear, and no more.'),
    email: z.string(),
    kinds: z.array(z.string()),
    types: z.array(z.string()),
    household: z.string().nullable(),
    subject: z.string().nullable(),
    filter: z.string(),
    state: z
      .enum(['unconfirmed', 'active', 'disabled'])
      .describe('`unconfirmed`: whoever reads the address has not agreed yet; after seven days it is forgotten.'),
    why: z
      .enum(['unsubscribed', 'failing', 'refused', 'account'])
      .nullable()
      .describe(
        'Why it is switched off: its reader wants no more, the mail server could not be reached for a day, it refused the address, or the account is disabled or gone.',
      ),
    failures: z.number().int(),
    lastError: z.string().nullable(),
    lastSentAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Notification' })

export const sentMailSchema = z
  .object({
    id: z.string(),
    at: z.iso.datetime(),
    subject: z.string(),
    events: z.number().int().describe('How many it told of.'),
    outcome: z.enum(['taken', 'refused', 'failed']).describe('`taken`: the mail server has it.'),
    detail: z.string(),
    nextTry: z.iso.datetime().nullable(),
  })
  .meta({ id: 'NotificationMail' })
