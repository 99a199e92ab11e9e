import { z } from 'zod'
import { pageQuery } from '../../platform/http/page.ts'
import { dataQuery, instant, json, name, repeated } from './parts.ts'

export const outcome = z.enum(['fired', 'ignored', 'deferred', 'held', 'rejected', 'failed', 'duplicate'])
const entryOutcome = z.enum([...outcome.options, 'operated'])

export const historyEntry = z
  .object({
    entry: z.number().int(),
    step: z.number().int(),
    at: instant,
    signal: z.string().describe('The signal’s id.'),
    type: z.string().describe('The signal’s type; `operator.…` for what a person did.'),
    from: z.string(),
    outcome: entryOutcome.describe('operated: not a signal, but what a person did (from).'),
    reason: z.string().nullable(),
    detail: z.string().nullable(),
    fired: z.array(z.string()),
    states: z.array(z.string()),
    args: json,
    data: json.nullable().describe('Instance data after the step; null when the step left it as it was.'),
    effects: z.array(z.unknown()).nullable(),
    done: z.boolean(),
  })
  .meta({ id: 'HistoryEntry' })

/** An entry with whose it is: what searches and streams give. */
export const instanceStep = z
  .object({ model: z.string(), id: z.string(), ...historyEntry.shape })
  .meta({ id: 'InstanceStep' })

export const returned = z
  .object({
    outcome,
    reason: z.string().optional(),
    detail: z.string().optional(),
    fired: z.array(z.string()).describe('Names of the transitions that fired.'),
    states: z.array(z.string()),
    args: json.describe('The signal’s arguments as changed.'),
    duplicate: z.literal(true).optional().describe('The id had been taken before: this is its first outcome.'),
  })
  .meta({ id: 'ReturnedSignal' })

export const stepsQuery = pageQuery.extend({
  model: name.optional(),
  id: name.optional().describe('Only steps of the instances with this id.'),
  state: repeated(16, 64)
    .optional()
    .describe('Only steps after which this state was current. Given several times (at most 16): all of them.'),
  signal: name.optional().describe('The signal’s type; `operator.cancel` and the like for what people did.'),
  outcome: entryOutcome.optional(),
  data: dataQuery,
  from: instant.optional().describe('Only steps at this time or later.'),
  to: instant.optional().describe('Only steps before this time.'),
})
