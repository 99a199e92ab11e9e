import { z } from 'zod'
import { storableText } from '../platform/storable-text.ts'
import { pageQuery } from '../platform/http/page.ts'

const json = z.record(z.string(), z.unknown())
const instant = z.iso.datetime()

export const modelSummary = z.object({
  name: z.string(),
  version: z.string(),
  title: z.string().nullable(),
  digest: z
    .string()
    .describe(
      'SHA-256 of the document’s JSON with sorted keys (those of a transition’s args, set and share as they are), hexadecimal.',
    ),
  publishedAt: instant,
})

export const modelDocument = modelSummary.extend({ document: json })

const signalOnItsWay = z.object({ id: z.string(), type: z.string(), args: json, from: z.string() })

export const instanceView = z.object({
  url: z.string().describe('model:<name>@<version>/<id>'),
  model: z.string(),
  version: z.string(),
  id: z.string(),
  states: z.array(z.string()).describe('The current states, sorted.'),
  data: json,
  call: json.describe('The arguments it was called with.'),
  parent: z.object({ url: z.string(), as: z.string() }).nullable(),
  children: z.array(z.object({ as: z.string(), url: z.string(), wait: z.boolean() })),
  timers: z.array(z.object({ id: z.string(), signal: z.string(), due: instant })),
  tasks: z.array(z.object({ key: z.string(), task: z.string() })),
  held: z.array(signalOnItsWay).describe('Signals that wait for a subinstance to end.'),
  deferred: z.array(signalOnItsWay).describe('Signals that wait for other states.'),
  steps: z.number().int(),
  entries: z.number().int().describe('Entries its history has had; the ETag is made of it.'),
  done: z.boolean(),
  attention: z.string().nullable().describe('Why a person should look at it.'),
  createdAt: instant,
  changedAt: instant,
})

export const outcome = z.enum(['fired', 'ignored', 'deferred', 'held', 'rejected', 'failed', 'duplicate'])

export const historyEntry = z.object({
  entry: z.number().int(),
  step: z.number().int(),
  at: instant,
  signal: z.string().describe('The signal’s id.'),
  type: z.string(),
  from: z.string(),
  outcome: z.enum([...outcome.options, 'operated']).describe('operated: not a signal, but what a person did (from).'),
  reason: z.string().nullable(),
  detail: z.string().nullable(),
  fired: z.array(z.string()),
  states: z.array(z.string()),
  args: json,
  data: json.nullable().describe('Instance data after the step; null when the step left it as it was.'),
  effects: z.array(z.unknown()).nullable(),
  done: z.boolean(),
})

export const returned = z.object({
  outcome,
  reason: z.string().optional(),
  detail: z.string().optional(),
  fired: z.array(z.string()).describe('Names of the transitions that fired.'),
  states: z.array(z.string()),
  args: json.describe('The signal’s arguments as changed.'),
  duplicate: z.literal(true).optional().describe('The id had been taken before: this is its first outcome.'),
})

export const signalRequest = z.object({
  type: z.string().min(1).max(200),
  id: z.string().min(1).max(200).optional().describe('The same id again changes nothing; absent = a new one.'),
  args: json.default({}),
  create: z
    .object({ version: z.string().max(64).optional(), call: json.optional() })
    .optional()
    .describe('Start the instance when it does not exist.'),
})

export const instancesQuery = pageQuery.extend({
  model: z.string().max(200).optional(),
  state: z.string().max(200).optional().describe('Only instances in which this state is current.'),
  attention: z.enum(['true', 'false']).optional().describe('Only those that a person should look at.'),
})

export const instanceParams = z.object({ model: z.string().min(1).max(200), id: z.string().min(1).max(200) })
export const modelParams = z.object({ name: storableText(200).min(1), version: storableText(64).min(1) })

export const operationRequest = z.object({
  reason: storableText(500).min(1).describe('Why; kept in history.'),
})

export const repairRequest = operationRequest.extend({
  states: z
    .array(z.string().max(64))
    .max(256)
    .optional()
    .describe('The current states from now on; absent = as they are.'),
  data: json.optional().describe('All of the instance data from now on; absent = as it is.'),
})
