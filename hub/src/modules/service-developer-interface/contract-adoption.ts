import { z } from 'zod'
import { storableText } from '../../platform/storable-text.ts'
import { channel } from '../service-definitions/index.ts'
import { versionParams, serviceParams } from './contract.ts'

/** What became of versions on devices, for whoever made them. */

const devices = {
  installed: z.number().int().describe('Devices on which it is what they proved last.'),
  pending: z.number().int().describe('Devices that are to get it.'),
  failed: z.number().int().describe('Devices whose newest delivery of the service failed, and was this.'),
}
const countedAt = z.iso.datetime().describe('When it was counted.')

export { serviceParams, versionParams }

export const serviceAdoption = z
  .object({
    service: z.string(),
    countedAt,
    versions: z.array(z.object({ version: z.string(), state: z.string(), channel: channel.nullable(), ...devices })),
  })
  .meta({ id: 'ServiceAdoption' })

export const adoptionQuery = z.object({
  days: z.coerce.number().int().min(1).max(90).default(30).describe('How many days back, today among them.'),
})

export const versionAdoption = z
  .object({
    service: z.string(),
    version: z.string(),
    countedAt,
    ...devices,
    components: z.array(z.object({ component: z.string(), deviceClass: z.string(), ...devices })),
    days: z
      .array(
        z.object({
          day: z.string().describe('For example `2026-11-26`, in UTC.'),
          confirmed: z.number().int(),
          failed: z.number().int(),
        }),
      )
      .describe('Deliveries that ended, by day, oldest first; the last one is today.'),
  })
  .meta({ id: 'VersionAdoption' })

export const failureAnswer = z
  .object({
    code: z.string().describe('The device’s error code, or a word of the hub’s for what it saw.'),
    pattern: z.string().describe('What the failures have in common; … stands where they differ.'),
    example: z.string().describe('The newest one in full, without secrets and personal data.'),
    count: z.number().int().describe('Deliveries, of the 10,000 newest failures at most.'),
    newest: z.iso.datetime(),
    devices: z
      .array(z.object({ device: z.string(), delivery: z.string(), component: z.string(), at: z.iso.datetime() }))
      .max(5),
  })
  .meta({ id: 'VersionFailure' })

export const logsBody = z.strictObject({
  devices: z
    .array(storableText(64).min(1))
    .min(1)
    .max(20)
    .optional()
    .describe('Of those on which the version failed last; absent: the newest of them, at most 20.'),
  bytes: z.number().int().min(1).max(262_144).default(65_536).describe('Of each log at most, the newest.'),
})

export const versionLog = z
  .object({
    id: z.string(),
    device: z.string(),
    component: z.string(),
    why: z.string().describe('Why the version failed there.'),
    askedBy: z.object({ id: z.string(), name: z.string() }),
    askedAt: z.iso.datetime(),
    state: z.enum(['asked', 'received', 'refused']),
    detail: z.string().describe('Why the device could not be asked.'),
    receivedAt: z.iso.datetime().nullable(),
    text: z.string().nullable().describe('Without secrets and personal data: […] stands in their place.'),
    redacted: z.number().int().describe('How many places were taken out.'),
  })
  .meta({ id: 'VersionLog' })
