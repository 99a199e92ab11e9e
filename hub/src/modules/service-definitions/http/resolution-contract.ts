import { z } from 'zod'
import { channel } from '../contract.ts'
import { namePattern } from '@sutler/composition'
import { relationKinds } from '../domain/definition.ts'

const service = z.string().regex(namePattern, 'This is not the id of a service.')

const wish = z.strictObject({
  service,
  version: z.string().max(64).optional().describe('Exactly this one, whatever its channel.'),
  range: z.string().max(256).optional().describe('Only versions in this semver range.'),
  channel: channel.optional().describe('Without it the one that the household prefers, or `stable`.'),
  devices: z
    .array(z.string().max(64))
    .min(1)
    .max(250)
    .optional()
    .describe('Just these, and all of them; otherwise every device that it fits.'),
})

const unlike = (names: readonly string[]): boolean => new Set(names).size === names.length

export const resolutionBody = z
  .strictObject({
    household: z.string().max(64),
    add: z
      .array(wish)
      .max(200)
      .default([])
      .describe('Services to have; the first gets the newer version where not all can.'),
    remove: z.array(service).max(200).default([]).describe('Services not to have any more.'),
    withRecommended: z.boolean().default(false).describe('Also add what is recommended and changes nothing else.'),
  })
  .refine(({ add, remove }) => unlike([...add.map((one) => one.service), ...remove]), 'A service is named twice.')

const assigned = z.object({
  service: z.string(),
  version: z.string(),
  before: z.string().nullable().describe('The version that is there now; null = none.'),
  because: z.enum(['wished', 'required', 'recommended']),
  by: z.string().nullable().describe('The service that requires or recommends it.'),
  devices: z.array(
    z.object({
      device: z.string(),
      component: z.string(),
      stage: z.number().int().describe('Starts when those of the stages before are confirmed.'),
    }),
  ),
  leftOut: z.array(z.object({ device: z.string(), reason: z.string() })),
})

const removal = z.object({
  service: z.string(),
  version: z.string(),
  because: z.enum(['replaced', 'unneeded']),
  reason: z.string(),
})

const reason = z.object({
  sentence: z.string(),
  services: z.array(z.string()),
  versions: z.array(z.string()),
  devices: z.array(z.string()),
  relation: z.object({ kind: z.enum(relationKinds), ranges: z.array(z.string()) }).nullable(),
})

export const resolutionAnswer = z
  .object({
    ok: z.boolean().describe('Whether there is a choice.'),
    assignment: z.array(assigned).describe('What is wished first, then what that needs.'),
    order: z.array(z.array(z.string())).describe('Layers of services: each needs nothing of the later ones.'),
    remove: z.array(removal),
    reasons: z
      .array(reason)
      .describe('Why there is no choice: all of them together; without any one there would be one.'),
    minimal: z.boolean().describe('False when there was no time to leave out what does not matter.'),
  })
  .meta({ id: 'Resolution' })
