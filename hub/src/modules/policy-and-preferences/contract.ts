import { z } from 'zod'

/** Preferences as people write them, and the decisions that follow from them. */

const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day like 22:30')
  .describe('Local time of the device, 24 hours, HH:MM.')

/** What may be kept for a household, a user or a device. A key that is absent leaves the matter to the next in line. */
export const preferencesDocument = z
  .strictObject({
    /** While they last nothing is delivered. `from` after `to` goes over midnight; `null` = none, whatever others say. */
    quietHours: z
      .strictObject({ from: timeOfDay, to: timeOfDay })
      .refine(({ from, to }) => from !== to, 'from and to are the same: quiet hours would never end')
      .nullable()
      .optional(),
    /** IANA name; used for the devices that report none. */
    timeZone: z.string().max(64).refine(isTimeZone, 'is not an IANA time zone like Europe/Berlin').optional(),
  })
  .meta({ id: 'Preferences' })
export type PreferencesDocument = z.infer<typeof preferencesDocument>

export const subjectKinds = ['household', 'user', 'device'] as const

export const preferencesView = z
  .object({ kind: z.enum(subjectKinds), id: z.string(), preferences: preferencesDocument })
  .meta({ id: 'PreferencesOf' })

export const decisionSchema = z
  .object({
    allowed: z.boolean(),
    /** When to ask again, if not allowed now. */
    until: z.iso.datetime().nullable(),
    /** In one sentence. */
    why: z.string(),
    /** Rule by rule, in order of precedence: what held and what did not. */
    rules: z.array(z.object({ rule: z.string(), holds: z.boolean(), detail: z.string() })),
  })
  .meta({ id: 'PolicyDecision' })

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}
