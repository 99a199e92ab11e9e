import { z } from 'zod'
import { pageQuery } from '../../platform/http/page.ts'
import { storableText } from '../../platform/storable-text.ts'
import { returned } from './history.ts'
import { dataQuery, instant, json, name, repeated, version } from './parts.ts'

const signalOnItsWay = z.object({ id: z.string(), type: z.string(), args: json, from: z.string() })

export const instanceView = z
  .object({
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
    endedAt: instant.nullable(),
  })
  .meta({ id: 'Instance' })

export const instanceTask = z
  .object({
    key: z.string().describe('The same for every attempt.'),
    task: z.string(),
    state: z
      .enum(['running', 'waiting', 'failed'])
      .describe('`waiting`: for its first or next attempt. `failed`: for a person, who retries or skips it.'),
    attempts: z.number().int().describe('So far, with the one that runs.'),
    mostAttempts: z.number().int().describe('After so many it has failed.'),
    lastError: z.string().nullable().describe('Of the attempt before.'),
    nextTry: instant.nullable(),
  })
  .meta({ id: 'InstanceTask' })

export const startRequest = z
  .strictObject({
    model: name,
    version: version.optional().describe('`1`, `1.2` or `1.2.0`; absent = the highest published version.'),
    id: name.optional().describe('Unique per model; absent = a new one.'),
    call: json.optional().describe('The arguments of its call.'),
    start: z
      .strictObject({ signal: name, args: json.optional(), id: name.optional() })
      .optional()
      .describe('Its first signal.'),
  })
  .meta({ id: 'StartRequest' })

export const startedInstance = z
  .object({
    ...instanceView.shape,
    returned: returned
      .nullable()
      .describe('What became of the first signal; null without one, or when it was not taken yet.'),
  })
  .meta({ id: 'StartedInstance' })

export const signalRequest = z.object({
  type: z.string().min(1).max(200),
  id: z.string().min(1).max(200).optional().describe('The same id again changes nothing; absent = a new one.'),
  args: json.default({}),
  create: z
    .object({ version: z.string().max(64).optional(), call: json.optional() })
    .optional()
    .describe('Start the instance when it does not exist.'),
})

const yes = z.enum(['true', 'false']).optional()

export const instancesQuery = pageQuery.extend({
  model: name.optional(),
  version: version.optional().describe('The exact version it runs on.'),
  state: repeated(16, 64)
    .optional()
    .describe('Only instances in which this state is current. Given several times (at most 16): all of them.'),
  data: dataQuery,
  done: yes.describe('Only those that have ended, or only those that have not.'),
  attention: yes.describe('`true`: only those that a person should look at.'),
  parent: storableText(500).min(1).optional().describe('Only subinstances of this one: `<model>/<id>`, or its URL.'),
  createdFrom: instant.optional(),
  createdTo: instant.optional(),
  changedFrom: instant.optional(),
  changedTo: instant.optional(),
  endedFrom: instant.optional(),
  endedTo: instant.optional(),
})

export const operationRequest = z
  .strictObject({ reason: storableText(500).min(1).describe('Why; kept in history.') })
  .meta({ id: 'OperationRequest' })

export const repairRequest = z
  .strictObject({
    ...operationRequest.shape,
    states: z
      .array(z.string().max(64))
      .max(256)
      .optional()
      .describe('The current states from now on; absent = as they are.'),
    data: json.optional().describe('All of the instance data from now on; absent = as it is.'),
  })
  .meta({ id: 'RepairRequest' })

export const cancelRequest = z
  .strictObject({
    ...operationRequest.shape,
    force: z.boolean().optional().describe('End it at once, whatever its model says of `cancel`.'),
  })
  .meta({ id: 'InstanceCancelRequest' })
