import { z } from 'zod'
import { pageQuery } from '../../platform/http/page.ts'
import { storableText } from '../../platform/storable-text.ts'
import { matters } from './domain/preferences/matter-names.ts'
import { isZone } from './domain/windows/zone.ts'

/** Preferences as people write them, and the decisions that follow from them. */

const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day like 22:30')
  .describe('Local time of the device, 24 hours, HH:MM.')

/** iCalendar's properties (RFC 5545); what is in them is checked where windows are read. */
export const windowList = z
  .array(
    z.strictObject({
      kind: z
        .enum(['allow', 'deny'])
        .describe('Deliveries go within an `allow` window (if there are any) and in no `deny` window.'),
      name: storableText(64).min(1).optional().describe('For people.'),
      dtstart: z.string().max(40).describe('Local time of the device, of the first: `2026-06-01T22:00`.'),
      rrule: z
        .string()
        .min(1)
        .max(500)
        .optional()
        .describe('How it repeats, for example `FREQ=WEEKLY;BYDAY=SA,SU`; absent = once.'),
      duration: z.string().max(40).describe('For example `PT4H`; at most 31 days.'),
      exdate: z.array(z.string().max(40)).max(100).optional().describe('Local times of starts that are left out.'),
    }),
  )
  .max(20)

const bytes = z.int().min(0).max(Number.MAX_SAFE_INTEGER)
const autoUpdate = z.enum(['on', 'ask', 'off'])
const channel = z.enum(['alpha', 'beta', 'stable'])
const names = z.array(storableText(64).min(1)).max(200)
/** Of one service each; bounded. */
const ofService = <T extends z.ZodType>(value: T) =>
  z
    .record(storableText(64).min(1), value)
    .refine((entries) => Object.keys(entries).length <= 200, 'names more than 200 services')

/** What may be kept for a tenant, household, user or device. A key that is absent leaves the matter to the next in line. */
export const preferencesDocument = z
  .strictObject({
    quietHours: z
      .strictObject({ from: timeOfDay, to: timeOfDay })
      .refine(({ from, to }) => from !== to, 'from and to are the same: quiet hours would never end')
      .nullable()
      .optional()
      .describe('While they last nothing is delivered. `from` after `to` goes over midnight; null = none.'),
    windows: windowList.optional().describe('When deliveries may go; an empty list = at any time.'),
    metered: z
      .union([
        z.enum(['any', 'unmetered-only']),
        z
          .strictObject({ perDelivery: bytes.optional(), perMonth: bytes.optional() })
          .refine((limit) => Object.keys(limit).length > 0, 'sets no limit'),
      ])
      .optional()
      .describe(
        'Installs over a link that costs by the byte: any, none, or up to so many bytes per delivery and per month of the device.',
      ),
    autoUpdate: z
      .strictObject({ default: autoUpdate.optional(), services: ofService(autoUpdate).optional() })
      .optional()
      .describe('Installs that policies and campaigns order; a person’s own orders are not concerned.'),
    consent: z
      .strictObject({ services: names.optional(), categories: names.optional() })
      .optional()
      .describe('What somebody of the household must have agreed to before it is installed. Adds to what others say.'),
    parental: z
      .strictObject({ maximumRating: z.int().min(0).max(18) })
      .nullable()
      .optional()
      .describe('Services with a higher rating are not installed. The strictest limit counts; null = no limit here.'),
    channels: z
      .strictObject({ default: channel.optional(), services: ofService(channel).optional() })
      .optional()
      .describe('The channel that versions are taken from where an order names none.'),
    urgent: z
      .enum(['may-pass', 'waits'])
      .optional()
      .describe('Whether an order of priority 0 may go through quiet hours and windows.'),
    timeZone: z
      .string()
      .max(64)
      .refine(isZone, 'is not an IANA time zone like Europe/Berlin')
      .optional()
      .describe('IANA name; used in place of what the device reports (device), or for devices that report none.'),
    user: storableText(64)
      .min(1)
      .optional()
      .describe('Devices only: whose device it is; this user’s preferences hold for it.'),
    binding: z
      .array(z.enum(matters))
      .max(matters.length)
      .optional()
      .describe('Tenants only: matters in which nobody below may say otherwise; all others are defaults.'),
  })
  .meta({ id: 'Preferences' })
export type PreferencesDocument = z.infer<typeof preferencesDocument>

/** What every device may say alike. */
const ofEveryDevice = preferencesDocument.omit({ user: true, binding: true })
const theirMatters = Object.keys(ofEveryDevice.shape) as (keyof typeof ofEveryDevice.shape)[]

/** A change to devices' own documents: what is named is set or taken out, the rest of each document stays. */
export const devicePreferencesChange = z
  .strictObject({
    set: ofEveryDevice.meta({ id: 'DevicePreferences' }).default({}).describe('Replaces these matters.'),
    unset: z
      .array(z.enum(theirMatters))
      .max(theirMatters.length)
      .default([])
      .describe('Leaves these to the household.'),
  })
  .refine(({ set, unset }) => Object.keys(set).length + unset.length > 0, 'changes nothing')
  .refine(({ set, unset }) => unset.every((matter) => !(matter in set)), 'sets a matter and takes it out')
export type DevicePreferencesChange = z.output<typeof devicePreferencesChange>

export const subjectKinds = ['tenant', 'household', 'user', 'device'] as const

export const preferencesView = z
  .object({ kind: z.enum(subjectKinds), id: z.string(), preferences: preferencesDocument })
  .meta({ id: 'PreferencesOf' })

const verdict = z.enum(['now', 'later', 'never'])
const instant = z.iso.datetime()

const ruleSchema = z.object({
  rule: z.string(),
  /** Who said what it judges by. */
  source: z.string(),
  holds: z.boolean(),
  verdict,
  until: instant.nullable(),
  detail: z.string(),
})

export const decisionSchema = z
  .object({
    verdict,
    allowed: z.boolean(),
    /** When to ask again, if later; null = when something changes. */
    until: instant.nullable(),
    /** In one sentence. */
    why: z.string(),
    /** Rule by rule: what held and what did not. */
    rules: z.array(ruleSchema),
  })
  .meta({ id: 'PolicyDecision' })

export const policyQuestion = z.object({
  service: storableText(64).min(1).optional().describe('A service that would be installed.'),
  origin: z.enum(['person', 'system', 'policy', 'campaign']).default('person').describe('Who would have ordered it.'),
  priority: z.coerce.number().int().min(0).max(4).default(4).describe('Of the order; 0 is the highest.'),
})

export const effectiveQuestion = z.object({
  device: storableText(64).min(1).optional(),
  service: storableText(64).min(1).optional(),
})

export const effectiveSchema = z
  .object({
    household: z.string(),
    device: z.string().nullable(),
    user: z.string().nullable(),
    matters: z.array(
      z.object({
        matter: z.enum(matters),
        /** What holds. */
        value: z.unknown(),
        /** Who decided it. */
        source: z.string(),
        binding: z.boolean(),
        /** Who said otherwise without effect. */
        overridden: z.array(z.string()),
      }),
    ),
    timeZone: z.object({ name: z.string(), source: z.string() }),
    /** Of the service that was asked about. */
    channel: channel.nullable(),
  })
  .meta({ id: 'EffectivePreferences' })

export const answerSchema = z
  .object({
    delivery: z.string(),
    device: z.string(),
    /** First and latest time that policy gave this answer without another in between. */
    at: instant,
    lastAt: instant,
    times: z.int(),
    verdict,
    until: instant.nullable(),
    why: z.string(),
    rules: z.array(ruleSchema),
  })
  .meta({ id: 'PolicyAnswer' })

export const answersQuery = pageQuery
