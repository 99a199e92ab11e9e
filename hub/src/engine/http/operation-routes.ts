import type { JsonObject } from '@sutler/engine'
import type { Context, Hono } from 'hono'
import { endpoint, valid, type ApiEnv } from '../../platform/http/api.ts'
import { changedMeanwhile } from '../../platform/http/codes.ts'
import { etagOf, requireMatch } from '../../platform/http/etag.ts'
import { cancelRequest, instanceView, operationRequest, repairRequest } from '../contract/instances.ts'
import { instanceParams } from '../contract/parts.ts'
import { cannotCancel, cannotRepair, instanceDone, nothingToRetry, unknownInstance } from '../errors.ts'
import type { Address } from '../address.ts'
import type { Operation } from '../operations.ts'
import { settled } from '../settled.ts'
import { shown, tag, urlOf, type Served } from './served.ts'

const common = {
  tag,
  action: 'instance.write',
  params: instanceParams,
  answer: { status: 200, schema: instanceView, description: 'The instance as it is then' },
} as const

/** What people do about an instance. */
export function operationRoutes(app: Hono<ApiEnv>, served: Served): void {
  app.post(
    '/instances/:model/:id/retry',
    ...endpoint({
      ...common,
      id: 'retryInstance',
      summary:
        'Take the flag off an instance; send the signal that failed once more, start the tasks that failed again',
      body: operationRequest,
      problems: [unknownInstance, changedMeanwhile, nothingToRetry],
    }),
    (c) => operated(c, served, valid(c, 'param'), { kind: 'retry' }, valid(c, 'json').reason),
  )
  app.post(
    '/instances/:model/:id/skip',
    ...endpoint({
      ...common,
      id: 'skipInstance',
      summary: 'Take the flag off an instance and go on without what failed',
      body: operationRequest,
      problems: [unknownInstance, changedMeanwhile, nothingToRetry],
    }),
    (c) => operated(c, served, valid(c, 'param'), { kind: 'skip' }, valid(c, 'json').reason),
  )
  repairRoute(app, served)
  cancelRoute(app, served)
}

function repairRoute(app: Hono<ApiEnv>, served: Served): void {
  app.post(
    '/instances/:model/:id/repair',
    ...endpoint({
      ...common,
      id: 'repairInstance',
      summary: 'Set an instance’s states and data by hand, and take its flag off',
      body: repairRequest,
      problems: [unknownInstance, changedMeanwhile, cannotRepair],
    }),
    (c) => {
      const { reason, states, data } = valid(c, 'json')
      // Parsed from JSON text: there is nothing else in it.
      const set = { ...(states && { states }), ...(data && { data: data as JsonObject }) }
      return operated(c, served, valid(c, 'param'), { kind: 'repair', ...set }, reason)
    },
  )
}

function cancelRoute(app: Hono<ApiEnv>, served: Served): void {
  app.post(
    '/instances/:model/:id/cancel',
    ...endpoint({
      ...common,
      id: 'cancelInstance',
      summary: 'Send an instance its model’s own cancel, or end it where there is none',
      body: cancelRequest,
      problems: [unknownInstance, changedMeanwhile, cannotCancel, instanceDone],
    }),
    (c) => {
      const { reason, force = false } = valid(c, 'json')
      return operated(c, served, valid(c, 'param'), { kind: 'cancel', force }, reason)
    },
  )
}

/** Does it, waits until the signal that it caused was taken, and answers with the instance as it is then. */
async function operated(
  c: Context<ApiEnv>,
  served: Served,
  address: Address,
  operation: Operation,
  reason: string,
): Promise<Response> {
  const principal = c.get('principal')
  served.access.authorise(principal, 'instance.write')
  const { key, entry, signal } = await served.engine.operate(urlOf(address), operation, {
    tenant: principal.tenant,
    by: principal.id,
    reason,
    check: (entries) => requireMatch(c, etagOf(entries), { optional: true }),
  })
  if (signal !== null) await settled(served, { key, entry, signal })
  const view = await shown(served, address, principal)
  c.header('ETag', etagOf(view.entries))
  return c.json(view)
}
