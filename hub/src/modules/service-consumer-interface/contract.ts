import { z } from 'zod'

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
