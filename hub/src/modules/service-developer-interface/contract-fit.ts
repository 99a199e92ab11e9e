import { z } from 'zod'
import { storableText } from '../../platform/storable-text.ts'
import { compositionLimits, installRoles } from '../service-definitions/index.ts'

/** What a version that may not be published yet would fit. */

export const fitQuery = z.object({
  limit: z.coerce.number().int().min(1).max(2_000).default(1_000).describe('Devices that are looked at.'),
  cursor: z.string().max(200).optional(),
})

export const fitBody = z.strictObject({
  service: storableText(64).min(1),
  version: storableText(64).min(1),
  components: z
    .array(
      z.strictObject({
        name: storableText(64).min(1),
        deviceClass: storableText(64).min(1),
        compatibility: storableText(compositionLimits.compatibility).default('true'),
        role: z.enum(installRoles).default('files'),
        files: z.number().int().min(0).describe('How many it has.'),
      }),
    )
    .min(1)
    .max(compositionLimits.components),
})
export type FitBody = z.infer<typeof fitBody>

export const fitAnswer = z
  .object({
    devices: z.number().int().describe('Devices in use that were looked at.'),
    otherClasses: z.number().int().describe('Devices of classes for which there is no component.'),
    components: z.array(z.object({ component: z.string(), devices: z.number().int() })),
    misfits: z
      .array(z.object({ class: z.string(), reason: z.string(), devices: z.number().int() }))
      .describe('Why devices of a class that has components would get none, most frequent first.'),
    next: z.string().nullable().describe('The cursor of the devices that are left; add the pages up.'),
  })
  .meta({ id: 'FleetFit' })
