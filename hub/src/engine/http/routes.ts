import type { JsonObject } from '@sutler/engine'
import type { Hono } from 'hono'
import type { z } from 'zod'
import { notFound, type Access } from '../../platform/access.ts'
import type { Database } from '../../platform/database.ts'
import { CallerError } from '../../platform/errors.ts'
import { api, endpoint, valid, type ApiEnv } from '../../platform/http/api.ts'
import { pageOf, pageQuery, pageSchema, readCursor } from '../../platform/http/page.ts'
import { changedMeanwhile, invalidCursor } from '../../platform/http/codes.ts'
import { etagOf, requireMatch } from '../../platform/http/etag.ts'
import {
  historyEntry,
  instanceParams,
  instancesQuery,
  instanceView,
  modelDocument,
  modelParams,
  modelSummary,
  operationRequest,
  repairRequest,
  returned,
  signalRequest,
} from '../contract.ts'
import { cannotRepair, engineBusy, invalidSignal, nothingToRetry, unknownInstance, unknownModel } from '../errors.ts'
import type { Engine } from '../face.ts'
import { listModels, readModel } from '../store/models.ts'
import type { HistoryEntry } from '../store/views.ts'
import type { InstanceView } from '../view.ts'

const tag = 'Engine'

export function engineRoutes(engine: Engine, access: Access, database: Database): Hono<ApiEnv> {
  const app = api()
  modelRoutes(app, access, database)
  instanceRoutes(app, engine, access)
  return app
}

function modelRoutes(app: Hono<ApiEnv>, access: Access, database: Database): void {
  const list = { id: 'listModels', summary: 'Published models, each version', tag, action: 'model.read' } as const
  app.get(
    '/models',
    ...endpoint({ ...list, query: pageQuery, answer: { status: 200, schema: pageSchema(modelSummary) } }),
    async (c) => {
      access.authorise(c.get('principal'), 'model.read')
      const { limit, cursor } = valid(c, 'query')
      const [name, version] = pair(cursor)
      const after = name === undefined ? {} : { after: { name, version: version ?? '' } }
      const rows = await listModels(database.sql, { limit: limit + 1, ...after })
      return c.json(pageOf(rows, limit, (row) => `${row.name} ${row.version}`))
    },
  )
  const read = {
    id: 'getModel',
    summary: 'One version of a model, with its document',
    tag,
    action: 'model.read',
  } as const
  app.get(
    '/models/:name/:version',
    ...endpoint({
      ...read,
      params: modelParams,
      answer: { status: 200, schema: modelDocument },
      problems: [unknownModel],
    }),
    async (c) => {
      access.authorise(c.get('principal'), 'model.read')
      const { name, version } = valid(c, 'param')
      const row = await readModel(database.sql, name, version)
      if (!row) throw new CallerError(unknownModel, `${name}@${version} is not published.`)
      c.header('ETag', etagOf(row.digest))
      const title = typeof row.document['title'] === 'string' ? row.document['title'] : null
      return c.json({ name, version, title, ...row })
    },
  )
}

function instanceRoutes(app: Hono<ApiEnv>, engine: Engine, access: Access): void {
  const list = { id: 'listInstances', summary: 'Instances, by model and id', tag, action: 'instance.read' } as const
  app.get(
    '/instances',
    ...endpoint({ ...list, query: instancesQuery, answer: { status: 200, schema: pageSchema(instanceView) } }),
    async (c) => {
      access.authorise(c.get('principal'), 'instance.read')
      const { limit, cursor, model, state, attention } = valid(c, 'query')
      const [name, id] = pair(cursor)
      const filter = { ...(model && { model }), ...(state && { state }), attention: attention === 'true' }
      const after = name === undefined ? {} : { after: { model: name, id: id ?? '' } }
      const views = await engine.instances(filter, { limit: limit + 1, ...after })
      const page = pageOf(views, limit, (view) => `${view.model} ${view.id}`)
      return c.json({ ...page, items: page.items.map(written) })
    },
  )
  const read = { id: 'getInstance', summary: 'One instance as it is now', tag, action: 'instance.read' } as const
  app.get(
    '/instances/:model/:id',
    ...endpoint({
      ...read,
      params: instanceParams,
      answer: { status: 200, schema: instanceView },
      problems: [notFound],
    }),
    async (c) => {
      access.authorise(c.get('principal'), 'instance.read')
      const view = await engine.instance(urlOf(valid(c, 'param')))
      if (!view) throw missing(valid(c, 'param'))
      c.header('ETag', etagOf(view.entries))
      return c.json(written(view))
    },
  )
  operationRoutes(app, engine, access)
  historyRoute(app, engine, access)
  signalRoute(app, engine, access)
}

const operations = {
  retry: { id: 'retryInstance', summary: 'Take the flag off an instance and send the signal that failed once more' },
  skip: { id: 'skipInstance', summary: 'Take the flag off an instance and go on without what failed' },
  repair: { id: 'repairInstance', summary: 'Set an instance’s states and data by hand, and take its flag off' },
} as const

function operationRoutes(app: Hono<ApiEnv>, engine: Engine, access: Access): void {
  for (const kind of ['retry', 'skip', 'repair'] as const) {
    app.post(
      `/instances/:model/:id/${kind}`,
      ...endpoint({
        ...operations[kind],
        tag,
        action: 'instance.write',
        params: instanceParams,
        body: kind === 'repair' ? repairRequest : operationRequest,
        answer: { status: 200, schema: instanceView, description: 'The instance as it is then' },
        problems: [unknownInstance, changedMeanwhile, kind === 'repair' ? cannotRepair : nothingToRetry],
      }),
      async (c) => {
        access.authorise(c.get('principal'), 'instance.write')
        const { reason, states, data } = valid(c, 'json') as z.infer<typeof repairRequest>
        const set = { ...(states && { states }), ...(data && { data: data as JsonObject }) }
        const url = urlOf(valid(c, 'param'))
        await engine.operate(url, kind === 'repair' ? { kind, ...set } : { kind }, {
          by: c.get('principal').id,
          reason,
          check: (entries) => requireMatch(c, etagOf(entries), { optional: true }),
        })
        const view = await engine.instance(url)
        if (!view) throw missing(valid(c, 'param'))
        c.header('ETag', etagOf(view.entries))
        return c.json(written(view))
      },
    )
  }
}

function historyRoute(app: Hono<ApiEnv>, engine: Engine, access: Access): void {
  app.get(
    '/instances/:model/:id/history',
    ...endpoint({
      id: 'getInstanceHistory',
      summary: 'The steps of an instance, newest first',
      tag,
      action: 'instance.read',
      params: instanceParams,
      query: pageQuery,
      answer: { status: 200, schema: pageSchema(historyEntry) },
      problems: [notFound],
    }),
    async (c) => {
      access.authorise(c.get('principal'), 'instance.read')
      const { limit, cursor } = valid(c, 'query')
      const position = readCursor(cursor)
      const before = position === undefined ? undefined : Number(position)
      if (before !== undefined && !Number.isInteger(before)) throw new CallerError(invalidCursor, 'No entry is meant.')
      const page = { limit: limit + 1, ...(before !== undefined && { before }) }
      const entries = await engine.history(urlOf(valid(c, 'param')), page)
      if (!entries) throw missing(valid(c, 'param'))
      return c.json(pageOf<HistoryEntry>(entries, limit, ({ entry }) => String(entry)))
    },
  )
}

function signalRoute(app: Hono<ApiEnv>, engine: Engine, access: Access): void {
  app.post(
    '/instances/:model/:id/signals',
    ...endpoint({
      id: 'signalInstance',
      summary: 'Send a signal and hear what became of it',
      tag,
      action: 'instance.write',
      params: instanceParams,
      body: signalRequest,
      answer: { status: 200, schema: returned, description: 'The returned signal: it was taken, and that is durable' },
      problems: [invalidSignal, unknownInstance, unknownModel, engineBusy],
    }),
    async (c) => {
      access.authorise(c.get('principal'), 'instance.write')
      const { type, id, args: given, create } = valid(c, 'json')
      // Parsed from JSON text: there is nothing else in it.
      const args = given as JsonObject
      const created = create && {
        ...(create.version !== undefined && { version: create.version }),
        ...(create.call !== undefined && { call: create.call as JsonObject }),
      }
      const to = urlOf(valid(c, 'param'))
      return c.json(
        await engine.signal({ to, type, args, ...(id !== undefined && { id }), ...(created && { create: created }) }),
      )
    },
  )
}

function urlOf({ model, id }: { model: string; id: string }): string {
  return `model:${model}/${encodeURIComponent(id)}`
}

function missing({ model, id }: { model: string; id: string }): CallerError {
  return new CallerError(notFound, `There is no instance ${id} of model ${model}.`)
}

/** A position of two words; the second may hold anything. */
function pair(cursor: string | undefined): [string?, string?] {
  const position = readCursor(cursor)
  if (position === undefined) return []
  const space = position.indexOf(' ')
  if (space < 0) throw new CallerError(invalidCursor, 'The cursor is of another list.')
  return [position.slice(0, space), position.slice(space + 1)]
}

function written(view: InstanceView) {
  return {
    ...view,
    timers: view.timers.map(({ id, signal, due }) => ({ id, signal: signal.type, due: new Date(due).toISOString() })),
    tasks: view.tasks.map(({ key, task }) => ({ key, task })),
    children: view.children.map(({ as, url, wait }) => ({ as, url, wait })),
  }
}
