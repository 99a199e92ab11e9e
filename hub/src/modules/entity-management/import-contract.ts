import { z } from 'zod'
import { importKinds, importStates } from './app/imports/import-storage.ts'

export const importView = z
  .object({
    id: z.string(),
    kind: z.enum(importKinds),
    startedBy: z.string().describe('Id of the principal.'),
    state: z
      .enum(importStates)
      .describe('`cut-off`: the upload, or the hub, ended before it. What was taken until then stays.'),
    lastLine: z.number().int().describe('The lines up to here are settled.'),
    created: z.number().int(),
    unchanged: z.number().int().describe('Lines whose externalId had come before.'),
    failed: z.number().int(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Import' })

/** The key by which whoever imports knows a thing. */
export const externalId = z
  .string()
  .regex(/^[\x21-\x7e]{1,128}$/, 'A key has 1 to 128 printable ASCII characters, no spaces.')
