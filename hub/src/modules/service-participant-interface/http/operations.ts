import type { Context, Hono } from 'hono'
import { z } from 'zod'
import { notFound } from '../../../platform/access.ts'
import { CallerError } from '../../../platform/errors.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { pageOf, pageQuery, pageSchema, readCursor } from '../../../platform/http/page.ts'
import { storableText } from '../../../platform/storable-text.ts'
import { filterTooExpensive, invalidFilter, unknownGroup, wrongGroupKind } from '../../entity-management/index.ts'
import { invalidWindow, windowNeverOpens, windowOverlaps } from '../../policy-and-preferences/index.ts'
import type { OperationDependencies } from '../app/operations/dependencies.ts'
import {
  operationEnded,
  ordersAreCampaigns,
  previewGone,
  selectionMoved,
  tooManyOperations,
} from '../app/operations/errors.ts'
import { kindOf } from '../app/operations/kinds.ts'
import {
  cancelOperation,
  findOperation,
  pageExceptions,
  pageOperations,
  previewOf,
  startOperation,
} from '../app/operations/operations.ts'
import { previewOperation } from '../app/operations/preview.ts'
import {
  cancelRequest,
  exceptionView,
  operationQuery,
  operationRequest,
  operationView,
  previewAnswer,
  previewRequest,
} from '../contract-operations.ts'
import type { DeviceOperation } from '../domain/operations/operation.ts'
import { operationOut, previewOut } from './operation-views.ts'

const tag = 'Device operations'
const idParams = z.object({ id: storableText(64).min(1) })
/** What a selection or an operation that cannot be is refused with. */
const refused = [
  invalidFilter,
  filterTooExpensive,
  unknownGroup,
  wrongGroupKind,
  invalidWindow,
  windowNeverOpens,
  windowOverlaps,
]

/** One thing done to many devices: looked at first, then started. */
export function operationRoutes(app: Hono<ApiEnv>, deps: OperationDependencies): void {
  previewing(app, deps)
  starting(app, deps)
  reading(app, deps)
  cancelling(app, deps)
}

function previewing(app: Hono<ApiEnv>, deps: OperationDependencies): void {
  app.post(
    '/device-operations/previews',
    ...endpoint({
      id: 'previewDeviceOperation',
      summary: 'Shows what would be done to the devices of a selection, and to which not and why; nothing is done',
      description: 'The token that it answers is good for 15 minutes. Orders for many devices are campaigns.',
      tag,
      action: 'device-operation.write',
      body: previewRequest,
      answer: { status: 201, schema: previewAnswer },
      problems: [ordersAreCampaigns, ...refused],
    }),
    async (c) => {
      const principal = c.get('principal')
      const { selection, operation } = valid(c, 'json')
      deps.access.authorise(principal, 'device-operation.write', {})
      if (operation.kind === 'order')
        throw new CallerError(ordersAreCampaigns, 'Operations order nothing: a campaign with one wave does.')
      deps.access.authorise(principal, kindOf(deps, operation).action, {})
      return c.json(previewOut(await previewOperation(deps, principal, selection, operation)), 201)
    },
  )
}

function starting(app: Hono<ApiEnv>, deps: OperationDependencies): void {
  app.post(
    '/device-operations',
    ...endpoint({
      id: 'runDeviceOperation',
      summary: 'Starts what was previewed',
      description:
        'Refused when the number of selected devices has moved by 5 or more, and by more than 5 %, since the preview.',
      tag,
      action: 'device-operation.write',
      body: operationRequest,
      answer: { status: 201, schema: operationView },
      problems: [previewGone, selectionMoved, tooManyOperations, ...refused],
    }),
    async (c) => {
      const principal = c.get('principal')
      const { token, perMinute } = valid(c, 'json')
      deps.access.authorise(principal, 'device-operation.write', {})
      const preview = await previewOf(deps, principal, token)
      const decision = deps.access.authorise(principal, kindOf(deps, preview.operation).action, {
        tenant: preview.tenant,
      })
      const started = await startOperation(deps, preview, perMinute, decision)
      return c.json(operationOut(started), 201, { Location: `/api/v1/device-operations/${started.id}` })
    },
  )
}

function reading(app: Hono<ApiEnv>, deps: OperationDependencies): void {
  app.get(
    '/device-operations',
    ...endpoint({
      id: 'listDeviceOperations',
      summary: 'Lists operations over many devices, newest first',
      tag,
      action: 'device-operation.read',
      query: operationQuery,
      answer: { status: 200, schema: pageSchema(operationView) },
    }),
    async (c) => {
      const scope = deps.access.scope(c.get('principal'), 'device-operation.read')
      const { limit, cursor, state } = valid(c, 'query')
      const rows = await pageOperations(deps, { limit: limit + 1, after: readCursor(cursor), state }, scope)
      return c.json(pageOf(rows.map(operationOut), limit, (row) => row.id))
    },
  )
  app.get(
    '/device-operations/:id',
    ...endpoint({
      id: 'getDeviceOperation',
      summary: 'Shows how far an operation over many devices has come',
      tag,
      action: 'device-operation.read',
      params: idParams,
      answer: { status: 200, schema: operationView },
      problems: [notFound],
    }),
    async (c) => c.json(operationOut(await found(c, deps, valid(c, 'param').id, 'device-operation.read'))),
  )
  app.get(
    '/device-operations/:id/exceptions',
    ...endpoint({
      id: 'listDeviceOperationExceptions',
      summary: 'Lists the devices that an operation was not done to, with the reason',
      tag,
      action: 'device-operation.read',
      params: idParams,
      query: pageQuery,
      answer: { status: 200, schema: pageSchema(exceptionView) },
      problems: [notFound],
    }),
    async (c) => {
      const { id } = await found(c, deps, valid(c, 'param').id, 'device-operation.read')
      const { limit, cursor } = valid(c, 'query')
      const rows = await pageExceptions(deps, id, { limit: limit + 1, after: readCursor(cursor) ?? '' })
      return c.json(pageOf(rows, limit, (row) => row.device))
    },
  )
}

function cancelling(app: Hono<ApiEnv>, deps: OperationDependencies): void {
  app.post(
    '/device-operations/:id/cancel',
    ...endpoint({
      id: 'cancelDeviceOperation',
      summary: 'Stops an operation over many devices; what was done stays done',
      tag,
      action: 'device-operation.write',
      params: idParams,
      body: cancelRequest,
      answer: { status: 200, schema: operationView },
      problems: [notFound, operationEnded],
    }),
    async (c) => {
      const operation = await found(c, deps, valid(c, 'param').id, 'device-operation.write')
      return c.json(operationOut(await cancelOperation(deps, operation, valid(c, 'json').reason)))
    },
  )
}

async function found(
  c: Context<ApiEnv>,
  deps: OperationDependencies,
  id: string,
  action: `${string}.${string}`,
): Promise<DeviceOperation> {
  const operation = await findOperation(deps, id)
  deps.access.authorise(c.get('principal'), action, operation === null ? { owner: '-' } : { tenant: operation.tenant })
  if (operation === null) throw new CallerError(notFound, `There is no operation ${id}.`)
  return operation
}
