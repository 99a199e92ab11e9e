import { z } from 'zod'
import { storableText } from '../../platform/storable-text.ts'

/** Bytes of a log that a device is asked for at most; the newest lines. */
const logBytes = 1_048_576

export const askingSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('query-capabilities').describe('Say again what you are and what you run.') }),
    z.strictObject({ kind: z.literal('restart'), reason: storableText(500).default('') }),
    z.strictObject({
      kind: z.literal('configure'),
      settings: z
        .record(storableText(256).min(1), z.union([storableText(4096), z.number(), z.boolean()]))
        .refine((settings) => Object.keys(settings).length > 0 && Object.keys(settings).length <= 100, 'Give 1 to 100.')
        .describe('By the names that the device’s data model has for them.'),
    }),
    z.strictObject({
      kind: z.literal('collect-log'),
      bytes: z.number().int().min(1).max(logBytes).default(65_536),
      since: z.iso.datetime().optional().describe('No older lines, where the protocol has a way to say so.'),
    }),
    z.strictObject({ kind: z.literal('message'), text: storableText(1000).min(1) }),
  ])
  .meta({ id: 'DeviceRequest' })

export const deviceLogSchema = z
  .object({
    id: z.number().int(),
    request: z.string().describe('Of the request that asked for it; empty when the device sent it by itself.'),
    receivedAt: z.iso.datetime(),
    text: z.string(),
  })
  .meta({ id: 'DeviceLog' })

export const outputSchema = z
  .object({
    id: z.number().int(),
    device: z.string(),
    kind: z.string(),
    delivery: z.string().nullable(),
    queuedAt: z.iso.datetime(),
    sentAt: z.iso.datetime().nullable(),
    doneAt: z.iso.datetime().nullable(),
    /** `taken`, `dropped` (superseded or cancelled before it was sent), or `refused: <code>`; null while it is queued. */
    result: z.string().nullable(),
  })
  .meta({ id: 'Output' })
