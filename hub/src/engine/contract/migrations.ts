import { z } from 'zod'
import { storableText } from '../../platform/storable-text.ts'
import { instant, name, version } from './parts.ts'

const stateName = z.string().min(1).max(64)

/** State of the old version → its state or states in the new one. */
const stateMap = z
  .record(stateName, z.union([stateName, z.array(stateName).min(1).max(256)]))
  .refine((map) => Object.keys(map).length <= 256, 'These are more states than a model can have.')

/** One state is written as it is, or as a list of one. */
export function statesOf(map: z.output<typeof stateMap> = {}): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries(map).map(([state, next]) => [state, typeof next === 'string' ? [next] : next]),
  )
}

export const previewRequest = z
  .strictObject({
    from: version.describe('The exact version to move from.'),
    to: version.describe('The exact version to move to.'),
    states: stateMap
      .optional()
      .describe(
        'State of the old version → its state, or states, in the new one; one that is not named keeps its name.',
      ),
    instances: z
      .array(name)
      .min(1)
      .max(1_000)
      .optional()
      .describe('Only these, by id; absent = all that run the old version.'),
  })
  .meta({ id: 'MigrationPreviewRequest' })

export const migrationRequest = z
  .strictObject({ ...previewRequest.shape, reason: storableText(500).min(1).describe('Why; kept in history.') })
  .meta({ id: 'MigrationRequest' })

export const refusal = z
  .object({ instance: z.string().describe('Its id.'), reasons: z.array(z.string()) })
  .meta({ id: 'MigrationRefusal' })

export const migrationPreview = z
  .object({
    wouldMove: z.number().int().describe('How many of the instances that this page looked at would move.'),
    cannot: z.array(refusal),
    next: z.string().nullable().describe('Pass as `cursor` to look at more; null when all were looked at.'),
  })
  .meta({ id: 'MigrationPreview' })

export const migrationView = z
  .object({
    id: z.string(),
    model: z.string(),
    from: z.string(),
    to: z.string(),
    states: z.record(z.string(), z.array(z.string())),
    instances: z.array(z.string()).nullable().describe('Null = all that ran the old version.'),
    reason: z.string(),
    by: z.string().describe('Principal id.'),
    state: z.enum(['running', 'done', 'cancelled']).describe('running: not every instance was looked at yet.'),
    moved: z.number().int(),
    refused: z.number().int(),
    createdAt: instant,
    endedAt: instant.nullable(),
  })
  .meta({ id: 'Migration' })

export const cancelMigrationRequest = z.object({
  reason: storableText(500).min(1).describe('Why; kept in the event log.'),
})
